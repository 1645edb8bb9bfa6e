;; Behind a function that does not return nothing is reached.
(module
  (func $fail (param i32) (unreachable))
  (func (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (call $fail (i32.const 3))))
    (i32.div_u (i32.const 10) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   trap UnreachableCodeReached
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   branch v0 b2 b1
;; b1:
;;   v2 = i32.const 3
;;   trap UnreachableCodeReached
;; b2:
;;   v3 = i32.const 10
;;   v4 = i32.div_u v3 v0
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  trap UnreachableCodeReached
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b1
;; block 2:
;;     24  mov eax, 0xa
;;     29  test edi, edi
;;     31  je trap3
;;     37  mov edx, 0x0
;;     42  div edi
;;     44  ret
;; block 1:
;;     45  trap UnreachableCodeReached
;;     49  trap IntegerDivisionByZero
