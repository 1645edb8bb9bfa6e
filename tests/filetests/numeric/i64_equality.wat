;; Comparisons as numbers are flags that become a byte and then 32 bits.
(module
  (func (param i64) (result i32) (i64.eqz (local.get 0)))
  (func (param i64 i64) (result i32) (i64.eq (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i32) (i64.ne (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.eqz v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.eq v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.ne v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rdi, rdi
;;     19  sete al
;;     22  movzx eax, al
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  sete al
;;     22  movzx eax, al
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  setne al
;;     22  movzx eax, al
;;     25  ret
