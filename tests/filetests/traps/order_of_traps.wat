;; Two operations that can trap stay in their order.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (i32.add (i32.load (local.get 0)) (i32.div_u (local.get 0) (local.get 1))))
  (func (param i32 i32) (result i32) (i32.add (i32.div_u (local.get 0) (local.get 1)) (i32.load (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v0
;;   v4 = i32.div_u v0 v1
;;   v5 = i32.add v3 v4
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.div_u v0 v1
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   v5 = i32.add v2 v4
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi]
;;     20  test esi, esi
;;     22  je trap1
;;     28  mov edx, 0x0
;;     33  mov rcx, rax
;;     36  mov rax, rdi
;;     39  div esi
;;     41  add eax, ecx
;;     43  ret
;;     44  trap IntegerDivisionByZero
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov edx, 0x0
;;     29  mov rax, rdi
;;     32  div esi
;;     34  add eax, dword ptr [r15+rdi]
;;     38  ret
;;     39  trap IntegerDivisionByZero
