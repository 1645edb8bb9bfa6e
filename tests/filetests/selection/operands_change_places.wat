;; What is commutative overwrites the operand that nobody needs.
(module
  (func (param i32 i32) (result i32 i32) (i32.mul (local.get 0) (local.get 1)) (local.get 0))
  (func (param i64 i64) (result i64 i64) (i64.xor (local.get 0) (local.get 1)) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.mul v0 v1
;;   return(v2, v0)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.xor v0 v1
;;   return(v2, v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul esi, edi
;;     19  mov rdx, rdi
;;     22  mov rax, rsi
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xor rsi, rdi
;;     19  mov rdx, rdi
;;     22  mov rax, rsi
;;     25  ret
