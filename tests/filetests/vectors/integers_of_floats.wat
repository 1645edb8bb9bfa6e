;; Saturating conversions of lanes.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i32x4.trunc_sat_f32x4_s (local.get 0)))
  (func (param v128) (result v128) (i32x4.trunc_sat_f32x4_u (local.get 0)))
  (func (param v128) (result v128) (i32x4.trunc_sat_f64x2_s_zero (local.get 0)))
  (func (param v128) (result v128) (i32x4.trunc_sat_f64x2_u_zero (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.trunc_sat_f32x4_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.trunc_sat_f32x4_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.trunc_sat_f64x2_s_zero v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.trunc_sat_f64x2_u_zero v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm1, xmm0, xmm0, 0x7
;;     21  vandps xmm0, xmm1, xmm0
;;     25  vcvttps2dq xmm1, xmm0
;;     29  vcmpps xmm0, xmm0, xmmword ptr [rip], 0x5
;;     38  vpxor xmm0, xmm1, xmm0
;;     42  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vmaxps xmm0, xmm0, xmm1
;;     24  vcvttps2dq xmm2, xmm0
;;     28  vsubps xmm0, xmm0, xmmword ptr [rip]
;;     36  vcmpps xmm3, xmm0, xmmword ptr [rip], 0x5
;;     45  vcvttps2dq xmm0, xmm0
;;     49  vpxor xmm0, xmm0, xmm3
;;     53  vpmaxsd xmm0, xmm0, xmm1
;;     58  vpaddd xmm0, xmm2, xmm0
;;     62  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmppd xmm1, xmm0, xmm0, 0x7
;;     21  vandps xmm1, xmm1, xmmword ptr [rip]
;;     29  vminpd xmm0, xmm0, xmm1
;;     33  vcvttpd2dq xmm0, xmm0
;;     37  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vmaxpd xmm0, xmm0, xmm1
;;     24  vminpd xmm0, xmm0, xmmword ptr [rip]
;;     32  vroundpd xmm0, xmm0, 0xb
;;     38  vaddpd xmm0, xmm0, xmmword ptr [rip]
;;     46  vshufps xmm0, xmm0, xmm1, 0x88
;;     51  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm1, xmm0
;;     19  cmpps xmm1, xmm0, 0x7
;;     23  andps xmm1, xmm0
;;     26  cvttps2dq xmm0, xmm1
;;     30  cmpps xmm1, xmmword ptr [rip], 0x5
;;     38  pxor xmm0, xmm1
;;     42  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  maxps xmm0, xmm1
;;     22  cvttps2dq xmm2, xmm0
;;     26  subps xmm0, xmmword ptr [rip]
;;     33  movaps xmm3, xmm0
;;     36  cmpps xmm3, xmmword ptr [rip], 0x5
;;     44  cvttps2dq xmm0, xmm0
;;     48  pxor xmm0, xmm3
;;     52  pmaxsd xmm0, xmm1
;;     57  paddd xmm0, xmm2
;;     61  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm1, xmm0
;;     19  cmppd xmm1, xmm0, 0x7
;;     24  andps xmm1, xmmword ptr [rip]
;;     31  minpd xmm0, xmm1
;;     35  cvttpd2dq xmm0, xmm0
;;     39  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  maxpd xmm0, xmm1
;;     23  minpd xmm0, xmmword ptr [rip]
;;     31  roundpd xmm0, xmm0, 0xb
;;     37  addpd xmm0, xmmword ptr [rip]
;;     45  shufps xmm0, xmm1, 0x88
;;     49  ret
