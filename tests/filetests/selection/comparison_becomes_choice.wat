;; A choice of integers is a conditional move.
(module
  (func (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.gt_u (local.get 0) (local.get 1))))
  (func (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.eq (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.gt_u v0 v1
;;   v3 = i32.select v0 v1 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.eq v0 v1
;;   v3 = i64.select v0 v1 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  cmova esi, edi
;;     21  mov rax, rsi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  cmove rsi, rdi
;;     23  mov rax, rsi
;;     26  ret
