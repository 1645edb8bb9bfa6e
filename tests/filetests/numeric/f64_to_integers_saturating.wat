;; What does not fit is the nearest integer, and what is not a number is zero.
;; processors: full baseline
(module
  (func (param f64) (result i32) (i32.trunc_sat_f64_s (local.get 0)))
  (func (param f64) (result i32) (i32.trunc_sat_f64_u (local.get 0)))
  (func (param f64) (result i64) (i64.trunc_sat_f64_s (local.get 0)))
  (func (param f64) (result i64) (i64.trunc_sat_f64_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i32.trunc_sat_f64_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i32.trunc_sat_f64_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i64.trunc_sat_f64_s v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i64.trunc_sat_f64_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7fffffff
;;     21  mov ecx, 0x0
;;     26  vcvttsd2si edx, xmm0
;;     30  vucomisd xmm0, qword ptr [rip]
;;     38  cmovae edx, eax
;;     41  cmovp edx, ecx
;;     44  mov rax, rdx
;;     47  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vmaxsd xmm0, xmm0, xmm1
;;     24  vminsd xmm0, xmm0, qword ptr [rip]
;;     32  vcvttsd2si rax, xmm0
;;     37  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x7fffffffffffffff
;;     26  mov ecx, 0x0
;;     31  vcvttsd2si rdx, xmm0
;;     36  vucomisd xmm0, qword ptr [rip]
;;     44  cmovae rdx, rax
;;     48  cmovp rdx, rcx
;;     52  mov rax, rdx
;;     55  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vmaxsd xmm0, xmm0, xmm1
;;     24  vcvttsd2si rax, xmm0
;;     29  vsubsd xmm1, xmm0, qword ptr [rip]
;;     37  vcvttsd2si rcx, xmm1
;;     42  mov rdx, rax
;;     45  sar rdx, 0x3f
;;     49  and rcx, rdx
;;     52  or rax, rcx
;;     55  mov rcx, 0xffffffffffffffff
;;     62  vucomisd xmm0, qword ptr [rip]
;;     70  cmovae rax, rcx
;;     74  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7fffffff
;;     21  mov ecx, 0x0
;;     26  cvttsd2si edx, xmm0
;;     30  ucomisd xmm0, qword ptr [rip]
;;     38  cmovae edx, eax
;;     41  cmovp edx, ecx
;;     44  mov rax, rdx
;;     47  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  maxsd xmm0, xmm1
;;     23  minsd xmm0, qword ptr [rip]
;;     31  cvttsd2si rax, xmm0
;;     36  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x7fffffffffffffff
;;     26  mov ecx, 0x0
;;     31  cvttsd2si rdx, xmm0
;;     36  ucomisd xmm0, qword ptr [rip]
;;     44  cmovae rdx, rax
;;     48  cmovp rdx, rcx
;;     52  mov rax, rdx
;;     55  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  maxsd xmm0, xmm1
;;     23  cvttsd2si rax, xmm0
;;     28  movaps xmm1, xmm0
;;     31  subsd xmm1, qword ptr [rip]
;;     39  cvttsd2si rcx, xmm1
;;     44  mov rdx, rax
;;     47  sar rdx, 0x3f
;;     51  and rcx, rdx
;;     54  or rax, rcx
;;     57  mov rcx, 0xffffffffffffffff
;;     64  ucomisd xmm0, qword ptr [rip]
;;     72  cmovae rax, rcx
;;     76  ret
