;; Divisors are compared with zero; signed quotients also overflow; a remainder by -1 is one by 1.
(module
  (func (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.div_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.div_u v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.rem_s v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.rem_u v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov eax, 0x80000000
;;     29  xor eax, edi
;;     31  mov rcx, rsi
;;     34  not ecx
;;     36  or eax, ecx
;;     38  je trap2
;;     44  mov rax, rdi
;;     47  cdq
;;     48  mov rax, rdi
;;     51  idiv esi
;;     53  ret
;;     54  trap IntegerDivisionByZero
;;     58  trap IntegerOverflow
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
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov eax, 0x1
;;     29  cmp esi, -0x1
;;     32  cmovne eax, esi
;;     35  mov rcx, rax
;;     38  mov rax, rdi
;;     41  cdq
;;     42  mov rax, rdi
;;     45  idiv ecx
;;     47  mov rax, rdx
;;     50  ret
;;     51  trap IntegerDivisionByZero
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov edx, 0x0
;;     29  mov rax, rdi
;;     32  div esi
;;     34  mov rax, rdx
;;     37  ret
;;     38  trap IntegerDivisionByZero
