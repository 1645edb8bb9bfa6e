;; Divisors are compared with zero; signed quotients also overflow; a remainder by -1 is one by 1.
(module
  (func (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.div_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.div_u v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.rem_s v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.rem_u v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rsi, rsi
;;     19  je trap1
;;     25  mov rax, 0x8000000000000000
;;     35  xor rax, rdi
;;     38  mov rcx, rsi
;;     41  not rcx
;;     44  or rax, rcx
;;     47  je trap2
;;     53  mov rax, rdi
;;     56  cqo
;;     58  mov rax, rdi
;;     61  idiv rsi
;;     64  ret
;;     65  trap IntegerDivisionByZero
;;     69  trap IntegerOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rsi, rsi
;;     19  je trap1
;;     25  mov edx, 0x0
;;     30  mov rax, rdi
;;     33  div rsi
;;     36  ret
;;     37  trap IntegerDivisionByZero
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rsi, rsi
;;     19  je trap1
;;     25  mov eax, 0x1
;;     30  cmp rsi, -0x1
;;     34  cmovne rax, rsi
;;     38  mov rcx, rax
;;     41  mov rax, rdi
;;     44  cqo
;;     46  mov rax, rdi
;;     49  idiv rcx
;;     52  mov rax, rdx
;;     55  ret
;;     56  trap IntegerDivisionByZero
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rsi, rsi
;;     19  je trap1
;;     25  mov edx, 0x0
;;     30  mov rax, rdi
;;     33  div rsi
;;     36  mov rax, rdx
;;     39  ret
;;     40  trap IntegerDivisionByZero
