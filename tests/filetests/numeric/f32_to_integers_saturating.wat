;; What does not fit is the nearest integer, and what is not a number is zero.
;; processors: full baseline
(module
  (func (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0)))
  (func (param f32) (result i32) (i32.trunc_sat_f32_u (local.get 0)))
  (func (param f32) (result i64) (i64.trunc_sat_f32_s (local.get 0)))
  (func (param f32) (result i64) (i64.trunc_sat_f32_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.trunc_sat_f32_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.trunc_sat_f32_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i64.trunc_sat_f32_s v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i64.trunc_sat_f32_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7fffffff
;;     21  mov ecx, 0x0
;;     26  vcvttss2si edx, xmm0
;;     30  vucomiss xmm0, dword ptr [rip]
;;     38  cmovae edx, eax
;;     41  cmovp edx, ecx
;;     44  mov rax, rdx
;;     47  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vmaxss xmm0, xmm0, xmm1
;;     24  mov eax, 0xffffffff
;;     29  vcvttss2si rcx, xmm0
;;     34  cmp rcx, rax
;;     37  cmova ecx, eax
;;     40  mov rax, rcx
;;     43  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x7fffffffffffffff
;;     26  mov ecx, 0x0
;;     31  vcvttss2si rdx, xmm0
;;     36  vucomiss xmm0, dword ptr [rip]
;;     44  cmovae rdx, rax
;;     48  cmovp rdx, rcx
;;     52  mov rax, rdx
;;     55  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vmaxss xmm0, xmm0, xmm1
;;     24  vcvttss2si rax, xmm0
;;     29  vsubss xmm1, xmm0, dword ptr [rip]
;;     37  vcvttss2si rcx, xmm1
;;     42  mov rdx, rax
;;     45  sar rdx, 0x3f
;;     49  and rcx, rdx
;;     52  or rax, rcx
;;     55  mov rcx, 0xffffffffffffffff
;;     62  vucomiss xmm0, dword ptr [rip]
;;     70  cmovae rax, rcx
;;     74  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7fffffff
;;     21  mov ecx, 0x0
;;     26  cvttss2si edx, xmm0
;;     30  ucomiss xmm0, dword ptr [rip]
;;     37  cmovae edx, eax
;;     40  cmovp edx, ecx
;;     43  mov rax, rdx
;;     46  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  maxss xmm0, xmm1
;;     23  mov eax, 0xffffffff
;;     28  cvttss2si rcx, xmm0
;;     33  cmp rcx, rax
;;     36  cmova ecx, eax
;;     39  mov rax, rcx
;;     42  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x7fffffffffffffff
;;     26  mov ecx, 0x0
;;     31  cvttss2si rdx, xmm0
;;     36  ucomiss xmm0, dword ptr [rip]
;;     43  cmovae rdx, rax
;;     47  cmovp rdx, rcx
;;     51  mov rax, rdx
;;     54  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  maxss xmm0, xmm1
;;     23  cvttss2si rax, xmm0
;;     28  movaps xmm1, xmm0
;;     31  subss xmm1, dword ptr [rip]
;;     39  cvttss2si rcx, xmm1
;;     44  mov rdx, rax
;;     47  sar rdx, 0x3f
;;     51  and rcx, rdx
;;     54  or rax, rcx
;;     57  mov rcx, 0xffffffffffffffff
;;     64  ucomiss xmm0, dword ptr [rip]
;;     71  cmovae rax, rcx
;;     75  ret
