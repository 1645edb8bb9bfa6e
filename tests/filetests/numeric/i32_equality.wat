;; Comparisons as numbers are flags that become a byte and then 32 bits.
(module
  (func (param i32) (result i32) (i32.eqz (local.get 0)))
  (func (param i32 i32) (result i32) (i32.eq (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.ne (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.eq v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.ne v0 v1
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
;;     16  cmp edi, esi
;;     18  sete al
;;     21  movzx eax, al
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setne al
;;     21  movzx eax, al
;;     24  ret
