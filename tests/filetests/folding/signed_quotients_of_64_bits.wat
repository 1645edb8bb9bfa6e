;; Multipliers above 2^63 are corrected by a sum.
(module
  (func (param i64) (result i64) (i64.div_s (local.get 0) (i64.const 10)))
  (func (param i64) (result i64) (i64.div_s (local.get 0) (i64.const 7)))
  (func (param i64) (result i64) (i64.rem_s (local.get 0) (i64.const -3600))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 10
;;   v2 = i64.const 7378697629483820647
;;   v3 = i64.mul_high_s v0 v2
;;   v4 = i64.const 2
;;   v5 = i64.shr_s v3 v4
;;   v6 = i64.const 63
;;   v7 = i64.shr_s v0 v6
;;   v8 = i64.sub v5 v7
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 7
;;   v2 = i64.const 5270498306774157605
;;   v3 = i64.mul_high_s v0 v2
;;   v4 = i64.const 1
;;   v5 = i64.shr_s v3 v4
;;   v6 = i64.const 63
;;   v7 = i64.shr_s v0 v6
;;   v8 = i64.sub v5 v7
;;   return(v8)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -3600
;;   v2 = i64.const 5247073869855161349
;;   v3 = i64.mul_high_s v0 v2
;;   v4 = i64.const 10
;;   v5 = i64.shr_s v3 v4
;;   v6 = i64.const 63
;;   v7 = i64.shr_s v0 v6
;;   v8 = i64.sub v7 v5
;;   v9 = i64.mul v8 v1
;;   v10 = i64.sub v0 v9
;;   return(v10)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x6666666666666667
;;     26  imul rdi
;;     29  sar rdx, 0x2
;;     33  sar rdi, 0x3f
;;     37  sub rdx, rdi
;;     40  mov rax, rdx
;;     43  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x4924924924924925
;;     26  imul rdi
;;     29  sar rdx, 0x1
;;     33  sar rdi, 0x3f
;;     37  sub rdx, rdi
;;     40  mov rax, rdx
;;     43  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x48d159e26af37c05
;;     26  imul rdi
;;     29  sar rdx, 0xa
;;     33  mov rax, rdi
;;     36  sar rax, 0x3f
;;     40  sub rax, rdx
;;     43  imul rax, rax, -0xe10
;;     50  sub rdi, rax
;;     53  mov rax, rdi
;;     56  ret
