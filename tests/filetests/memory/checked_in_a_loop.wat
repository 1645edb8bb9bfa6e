;; Size and base are read in each round: nothing moves out of loops.
;; engine: checked
(module
  (memory 1)
  (func (param i32) (result i32) (local $s i32) (loop (local.set $s (i32.add (local.get $s) (i32.load (local.get 0)))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 4))))) (local.get $s)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = memory.bytes 0
;;   check_bounds v3 v4 end 4
;;   v6 = memory.base 0
;;   v7 = i32.load base v6 v3
;;   v8 = i32.add v2 v7
;;   v9 = i32.const 4
;;   v10 = i32.const -4
;;   v11 = i32.add v3 v10
;;   branch v11 b1(v8, v11) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 1:
;;     32  mov rcx, qword ptr [r14+0x48]
;;     36  mov rcx, qword ptr [rcx+0x10]
;;     40  lea rdx, [rdi+0x4]
;;     44  cmp rdx, rcx
;;     47  ja trap4
;;     53  mov rcx, qword ptr [r14+0x48]
;;     57  mov rcx, qword ptr [rcx]
;;     60  add eax, dword ptr [rcx+rdi]
;;     63  add edi, -0x4
;;     66  jne b1
;; block 3:
;;     68  ret
;;     69  trap MemoryOutOfBounds
