;; Division by zero, and of the least number by -1, trap.
(module
  (func (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
  (func (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))
  (func (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 1
;;   v1 = i32.const 0
;;   v2 = i32.div_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.const -2147483648
;;   v1 = i32.const -1
;;   v2 = i32.div_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.rem_u v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  mov ecx, 0x0
;;     26  test ecx, ecx
;;     28  je trap1
;;     34  cdq
;;     35  idiv ecx
;;     37  ret
;;     38  trap IntegerDivisionByZero
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x80000000
;;     21  mov ecx, 0xffffffff
;;     26  mov edx, 0x80000000
;;     31  xor edx, eax
;;     33  mov rsi, rcx
;;     36  not esi
;;     38  or edx, esi
;;     40  je trap1
;;     46  cdq
;;     47  idiv ecx
;;     49  ret
;;     50  trap IntegerOverflow
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  test eax, eax
;;     23  je trap1
;;     29  mov edx, 0x0
;;     34  mov rax, rdi
;;     37  mov ecx, 0x0
;;     42  div ecx
;;     44  mov rax, rdx
;;     47  ret
;;     48  trap IntegerDivisionByZero
