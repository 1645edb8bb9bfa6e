;; What a loop does not store it need not read again.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (local $s i32) (local.set $s (i32.load (local.get 0))) (loop (local.set $s (i32.add (local.get $s) (i32.load (local.get 0)))) (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))) (local.get $s)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   jump b1(v4, v1)
;; b1(v5: i32, v6: i32): loop to b3
;;   v7 = i32.add v4 v5
;;   v8 = i32.const 1
;;   v9 = i32.const -1
;;   v10 = i32.add v6 v9
;;   branch v10 b1(v7, v10) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi]
;;     20  mov rcx, rax
;;     23  nop
;; block 1:
;;     32  add ecx, eax
;;     34  add esi, -0x1
;;     37  jne b1
;; block 3:
;;     39  mov rax, rcx
;;     42  ret
