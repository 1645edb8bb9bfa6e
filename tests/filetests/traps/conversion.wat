;; What is not a number and what is too big are told apart in cold code.
(module
  (func (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (param f32) (result i64) (i64.trunc_f32_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i32.trunc_f64_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i64.trunc_f32_u v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvttsd2si rax, xmm0
;;     21  movsxd rcx, eax
;;     24  cmp rcx, rax
;;     27  jne trap1
;;     33  mov eax, eax
;;     35  ret
;;     36  vucomisd xmm0, xmm0
;;     40  jp trap3
;;     46  trap IntegerOverflow
;;     50  trap BadConversionToInteger
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvttss2si rax, xmm0
;;     21  vsubss xmm1, xmm0, dword ptr [rip]
;;     29  vcvttss2si rcx, xmm1
;;     34  test rax, rcx
;;     37  js trap1
;;     43  mov rdx, rax
;;     46  sar rdx, 0x3f
;;     50  and rcx, rdx
;;     53  or rax, rcx
;;     56  ret
;;     57  vucomiss xmm0, xmm0
;;     61  jp trap3
;;     67  trap IntegerOverflow
;;     71  trap BadConversionToInteger
