;; The operands change places.
(module
  (func (param i32 i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.eqz (local.get 2))))
  (func (param i32 i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.ne (local.get 2) (i32.const 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.eqz v2
;;   v4 = i32.select v1 v0 v2
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   v4 = i32.ne v2 v3
;;   v5 = i32.select v0 v1 v2
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edx, edx
;;     18  cmovne edi, esi
;;     21  mov rax, rdi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edx, edx
;;     18  cmovne esi, edi
;;     21  mov rax, rsi
;;     24  ret
