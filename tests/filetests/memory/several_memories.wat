;; The base of the first one has a register of its own; the others are looked up.
(module
  (memory $a 1) (memory $b 1)
  (func (param i32) (result i32) (i32.add (i32.load $a (local.get 0)) (i32.load $b (local.get 0))))
  (func (result i32) (memory.size $b)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load base v1 v0
;;   v3 = memory.base 1
;;   v4 = i32.load memory 1 base v3 v0
;;   v5 = i32.add v2 v4
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = memory.bytes 1
;;   v1 = i64.const 16
;;   v2 = i64.shr_u v0 v1
;;   v3 = i32.wrap_i64 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi]
;;     20  mov rcx, qword ptr [r14+0x58]
;;     24  mov rcx, qword ptr [rcx+0x8]
;;     28  mov rcx, qword ptr [rcx]
;;     31  add eax, dword ptr [rcx+rdi]
;;     34  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r14+0x58]
;;     20  mov rax, qword ptr [rax+0x8]
;;     24  mov rax, qword ptr [rax+0x10]
;;     28  shr rax, 0x10
;;     32  mov eax, eax
;;     34  ret
