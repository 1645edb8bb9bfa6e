;; Unsigned comparisons as numbers.
(module
  (func (param i32 i32) (result i32) (i32.lt_u (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.gt_u (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.le_u (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.ge_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.lt_u v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.gt_u v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.le_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.ge_u v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setb al
;;     21  movzx eax, al
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  seta al
;;     21  movzx eax, al
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setbe al
;;     21  movzx eax, al
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setae al
;;     21  movzx eax, al
;;     24  ret
