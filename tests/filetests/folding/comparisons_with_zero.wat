;; Equal to zero is a test.
(module
  (func (param i32) (result i32) (i32.eq (local.get 0) (i32.const 0)))
  (func (param i64) (result i32) (i64.eq (i64.const 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.eqz v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 0
;;   v2 = i64.eqz v0
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  sete al
;;     21  movzx eax, al
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rdi, rdi
;;     19  sete al
;;     22  movzx eax, al
;;     25  ret
