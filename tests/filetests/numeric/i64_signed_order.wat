;; Signed comparisons as numbers.
(module
  (func (param i64 i64) (result i32) (i64.lt_s (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i32) (i64.gt_s (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i32) (i64.le_s (local.get 0) (local.get 1)))
  (func (param i64 i64) (result i32) (i64.ge_s (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.lt_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.gt_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.le_s v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.ge_s v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  setl al
;;     22  movzx eax, al
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  setg al
;;     22  movzx eax, al
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  setle al
;;     22  movzx eax, al
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  setge al
;;     22  movzx eax, al
;;     25  ret
