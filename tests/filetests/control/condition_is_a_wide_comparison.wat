;; 64 bits are compared.
(module
  (func (param i64 i64) (result i64) (if (result i64) (i64.le_u (local.get 0) (local.get 1)) (then (local.get 0)) (else (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.le_u v0 v1
;;   branch v2 b1 b2
;; b1:
;;   jump b3(v0)
;; b2:
;;   jump b3(v1)
;; b3(v3: i64):
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  jbe b3
;; block 2:
;;     21  mov rdi, rsi
;; block 3:
;;     24  mov rax, rdi
;;     27  ret
