;; They do what their strict ones do.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_s (local.get 0)))
  (func (param v128) (result v128) (i32x4.relaxed_trunc_f32x4_u (local.get 0)))
  (func (param v128) (result v128) (i32x4.relaxed_trunc_f64x2_s_zero (local.get 0)))
  (func (param v128) (result v128) (i32x4.relaxed_trunc_f64x2_u_zero (local.get 0)))
  (func (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.relaxed_min (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.relaxed_max (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f64x2.relaxed_min (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f64x2.relaxed_max (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.relaxed_q15mulr_s (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.relaxed_trunc_f32x4_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.relaxed_trunc_f32x4_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.relaxed_trunc_f64x2_s_zero v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.relaxed_trunc_f64x2_u_zero v0
;;   return(v1)
;; function 4:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.relaxed_swizzle v0 v1
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.relaxed_min v0 v1
;;   return(v2)
;; function 6:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.relaxed_max v0 v1
;;   return(v2)
;; function 7:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.relaxed_min v0 v1
;;   return(v2)
;; function 8:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.relaxed_max v0 v1
;;   return(v2)
;; function 9:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.relaxed_q15mulr_s v0 v1
;;   return(v2)
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
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpaddusb xmm1, xmm1, xmmword ptr [rip]
;;     24  vpshufb xmm0, xmm0, xmm1
;;     29  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vminps xmm2, xmm0, xmm1
;;     20  vminps xmm3, xmm1, xmm0
;;     24  vorps xmm2, xmm2, xmm3
;;     28  vaddps xmm3, xmm0, xmm1
;;     32  vcmpps xmm0, xmm0, xmm1, 0x3
;;     37  vblendvps xmm0, xmm2, xmm3, xmm0
;;     43  ret
;; function 6:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmaxps xmm2, xmm0, xmm1
;;     20  vmaxps xmm3, xmm1, xmm0
;;     24  vandps xmm2, xmm2, xmm3
;;     28  vaddps xmm3, xmm0, xmm1
;;     32  vcmpps xmm0, xmm0, xmm1, 0x3
;;     37  vblendvps xmm0, xmm2, xmm3, xmm0
;;     43  ret
;; function 7:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vminpd xmm2, xmm0, xmm1
;;     20  vminpd xmm3, xmm1, xmm0
;;     24  vorps xmm2, xmm2, xmm3
;;     28  vaddpd xmm3, xmm0, xmm1
;;     32  vcmppd xmm0, xmm0, xmm1, 0x3
;;     37  vblendvpd xmm0, xmm2, xmm3, xmm0
;;     43  ret
;; function 8:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmaxpd xmm2, xmm0, xmm1
;;     20  vmaxpd xmm3, xmm1, xmm0
;;     24  vandps xmm2, xmm2, xmm3
;;     28  vaddpd xmm3, xmm0, xmm1
;;     32  vcmppd xmm0, xmm0, xmm1, 0x3
;;     37  vblendvpd xmm0, xmm2, xmm3, xmm0
;;     43  ret
;; function 9:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmulhrsw xmm0, xmm0, xmm1
;;     21  vpcmpeqw xmm1, xmm0, xmmword ptr [rip]
;;     29  vpxor xmm0, xmm0, xmm1
;;     33  ret
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
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  paddusb xmm1, xmmword ptr [rip]
;;     24  pshufb xmm0, xmm1
;;     29  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  minps xmm2, xmm1
;;     22  movaps xmm3, xmm1
;;     25  minps xmm3, xmm0
;;     28  orps xmm2, xmm3
;;     31  movaps xmm3, xmm0
;;     34  addps xmm3, xmm1
;;     37  cmpps xmm0, xmm1, 0x3
;;     41  movaps xmm1, xmm0
;;     44  andnps xmm1, xmm2
;;     47  andps xmm0, xmm3
;;     50  orps xmm0, xmm1
;;     53  ret
;; function 6:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  maxps xmm2, xmm1
;;     22  movaps xmm3, xmm1
;;     25  maxps xmm3, xmm0
;;     28  andps xmm2, xmm3
;;     31  movaps xmm3, xmm0
;;     34  addps xmm3, xmm1
;;     37  cmpps xmm0, xmm1, 0x3
;;     41  movaps xmm1, xmm0
;;     44  andnps xmm1, xmm2
;;     47  andps xmm0, xmm3
;;     50  orps xmm0, xmm1
;;     53  ret
;; function 7:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  minpd xmm2, xmm1
;;     23  movaps xmm3, xmm1
;;     26  minpd xmm3, xmm0
;;     30  orps xmm2, xmm3
;;     33  movaps xmm3, xmm0
;;     36  addpd xmm3, xmm1
;;     40  cmppd xmm0, xmm1, 0x3
;;     45  movaps xmm1, xmm0
;;     48  andnps xmm1, xmm2
;;     51  andps xmm0, xmm3
;;     54  orps xmm0, xmm1
;;     57  ret
;; function 8:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  maxpd xmm2, xmm1
;;     23  movaps xmm3, xmm1
;;     26  maxpd xmm3, xmm0
;;     30  andps xmm2, xmm3
;;     33  movaps xmm3, xmm0
;;     36  addpd xmm3, xmm1
;;     40  cmppd xmm0, xmm1, 0x3
;;     45  movaps xmm1, xmm0
;;     48  andnps xmm1, xmm2
;;     51  andps xmm0, xmm3
;;     54  orps xmm0, xmm1
;;     57  ret
;; function 9:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmulhrsw xmm0, xmm1
;;     21  movaps xmm1, xmm0
;;     24  pcmpeqw xmm1, xmmword ptr [rip]
;;     32  pxor xmm0, xmm1
;;     36  ret
