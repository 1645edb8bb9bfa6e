;; An instruction of 32 bits reads the low half.
(module
  (func (param i64 i64) (result i32) (i32.add (i32.wrap_i64 (local.get 0)) (i32.wrap_i64 (local.get 1))))
  (func (param i64) (result i32) (i32.eqz (i32.wrap_i64 (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i32.wrap_i64 v0
;;   v3 = i32.wrap_i64 v1
;;   v4 = i32.add v2 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.wrap_i64 v0
;;   v2 = i32.eqz v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rsi]
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  sete al
;;     21  movzx eax, al
;;     24  ret
