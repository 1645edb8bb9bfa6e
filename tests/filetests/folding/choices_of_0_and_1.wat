;; They are the condition, or its opposite.
(module
  (func (param i32 i32) (result i32) (select (i32.const 1) (i32.const 0) (i32.lt_s (local.get 0) (local.get 1))))
  (func (param i32 i32) (result i32) (select (i32.const 0) (i32.const 1) (i32.lt_s (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 1
;;   v3 = i32.const 0
;;   v4 = i32.lt_s v0 v1
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = i32.const 1
;;   v4 = i32.lt_s v0 v1
;;   v5 = i32.ge_s v0 v1
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setl al
;;     21  movzx eax, al
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setge al
;;     21  movzx eax, al
;;     24  ret
