;; A choice of references is typed.
(module
  (func (param externref externref i32) (result externref) (select (result externref) (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i32.argument 2
;;   v3 = i64.select v0 v1 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edx, edx
;;     18  cmovne rsi, rdi
;;     22  mov rax, rsi
;;     25  ret
