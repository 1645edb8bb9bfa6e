;; What traps is behind the function, one place for each reason and position.
(module
  (func (param i32 i32) (result i32) (i32.div_s (i32.div_u (local.get 0) (local.get 1)) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.div_u v0 v1
;;   v3 = i32.div_s v2 v1
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
;;     34  test esi, esi
;;     36  je trap2
;;     42  mov ecx, 0x80000000
;;     47  xor ecx, eax
;;     49  mov rdx, rsi
;;     52  not edx
;;     54  or ecx, edx
;;     56  je trap3
;;     62  cdq
;;     63  idiv esi
;;     65  ret
;;     66  trap IntegerDivisionByZero
;;     70  trap IntegerDivisionByZero
;;     74  trap IntegerOverflow
