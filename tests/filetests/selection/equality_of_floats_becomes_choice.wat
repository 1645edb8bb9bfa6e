;; Two conditional moves.
(module
  (func (param f64 f64 i32 i32) (result i32) (select (local.get 2) (local.get 3) (f64.eq (local.get 0) (local.get 1))))
  (func (param f64 f64 i64 i64) (result i64) (select (local.get 2) (local.get 3) (f64.ne (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.argument 3
;;   v4 = f64.eq v0 v1
;;   v5 = i32.select v2 v3 v4
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = i64.argument 2
;;   v3 = i64.argument 3
;;   v4 = f64.ne v0 v1
;;   v5 = i64.select v2 v3 v4
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  cmovp edi, esi
;;     23  cmovne edi, esi
;;     26  mov rax, rdi
;;     29  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  cmovp rsi, rdi
;;     24  cmovne rsi, rdi
;;     28  mov rax, rsi
;;     31  ret
