;; A division that has not trapped does not trap again.
(module
  (func (param i32 i32) (result i32) (i32.mul (i32.div_u (local.get 0) (local.get 1)) (i32.div_u (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.div_u v0 v1
;;   v3 = i32.mul v2 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov edx, 0x0
;;     29  mov rax, rdi
;;     32  div esi
;;     34  imul eax, eax
;;     37  ret
;;     38  trap IntegerDivisionByZero
