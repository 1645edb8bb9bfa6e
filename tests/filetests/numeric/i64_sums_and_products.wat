;; Sums of 64 bits are addresses, so that both operands stay.
(module
  (func (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i64) (i64.mul (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.add v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.sub v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.mul v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea rax, [rdi+rsi]
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sub rdi, rsi
;;     19  mov rax, rdi
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul rdi, rsi
;;     20  mov rax, rdi
;;     23  ret
