;; The rare results are looked at in cold code, which traps.
;; processors: full baseline
(module
  (func (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func (param f32) (result i32) (i32.trunc_f32_u (local.get 0)))
  (func (param f32) (result i64) (i64.trunc_f32_s (local.get 0)))
  (func (param f32) (result i64) (i64.trunc_f32_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.trunc_f32_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.trunc_f32_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i64.trunc_f32_s v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i64.trunc_f32_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvttss2si rax, xmm0
;;     21  movsxd rcx, eax
;;     24  cmp rcx, rax
;;     27  jne trap1
;;     33  mov eax, eax
;;     35  ret
;;     36  vucomiss xmm0, xmm0
;;     40  jp trap3
;;     46  trap IntegerOverflow
;;     50  trap BadConversionToInteger
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvttss2si rax, xmm0
;;     21  mov ecx, eax
;;     23  cmp rcx, rax
;;     26  jne trap1
;;     32  mov rax, rcx
;;     35  ret
;;     36  vucomiss xmm0, xmm0
;;     40  jp trap3
;;     46  trap IntegerOverflow
;;     50  trap BadConversionToInteger
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvttss2si rax, xmm0
;;     21  cmp rax, 0x1
;;     25  jo trap1
;;     31  ret
;;     32  vucomiss xmm0, xmm0
;;     36  jp trap3
;;     42  vcvtsi2ss xmm15, xmm15, rax
;;     47  vucomiss xmm0, xmm15
;;     52  je l2
;;     54  trap IntegerOverflow
;;     58  trap BadConversionToInteger
;; function 3:
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
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvttss2si rax, xmm0
;;     21  movsxd rcx, eax
;;     24  cmp rcx, rax
;;     27  jne trap1
;;     33  mov eax, eax
;;     35  ret
;;     36  ucomiss xmm0, xmm0
;;     39  jp trap3
;;     45  trap IntegerOverflow
;;     49  trap BadConversionToInteger
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvttss2si rax, xmm0
;;     21  mov ecx, eax
;;     23  cmp rcx, rax
;;     26  jne trap1
;;     32  mov rax, rcx
;;     35  ret
;;     36  ucomiss xmm0, xmm0
;;     39  jp trap3
;;     45  trap IntegerOverflow
;;     49  trap BadConversionToInteger
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvttss2si rax, xmm0
;;     21  cmp rax, 0x1
;;     25  jo trap1
;;     31  ret
;;     32  ucomiss xmm0, xmm0
;;     35  jp trap3
;;     41  cvtsi2ss xmm15, rax
;;     46  ucomiss xmm0, xmm15
;;     50  je l2
;;     52  trap IntegerOverflow
;;     56  trap BadConversionToInteger
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvttss2si rax, xmm0
;;     21  movaps xmm1, xmm0
;;     24  subss xmm1, dword ptr [rip]
;;     32  cvttss2si rcx, xmm1
;;     37  test rax, rcx
;;     40  js trap1
;;     46  mov rdx, rax
;;     49  sar rdx, 0x3f
;;     53  and rcx, rdx
;;     56  or rax, rcx
;;     59  ret
;;     60  ucomiss xmm0, xmm0
;;     63  jp trap3
;;     69  trap IntegerOverflow
;;     73  trap BadConversionToInteger
