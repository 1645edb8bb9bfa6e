;; Nobody needs them; what can trap is kept.
(module
  (func (param i32 i32) (drop (i32.mul (local.get 0) (local.get 1))))
  (func (param i32 i32) (drop (i32.div_u (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.mul v0 v1
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.div_u v0 v1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov edx, 0x0
;;     29  mov rax, rdi
;;     32  div esi
;;     34  ret
;;     35  trap IntegerDivisionByZero
