;; Conversions to floating point.
;; processors: full baseline
(module
  (func (param v128) (result v128) (f32x4.convert_i32x4_s (local.get 0)))
  (func (param v128) (result v128) (f32x4.convert_i32x4_u (local.get 0)))
  (func (param v128) (result v128) (f64x2.convert_low_i32x4_s (local.get 0)))
  (func (param v128) (result v128) (f64x2.convert_low_i32x4_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f32x4.convert_i32x4_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f32x4.convert_i32x4_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.convert_low_i32x4_s v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.convert_low_i32x4_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvtdq2ps xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpblendw xmm1, xmm0, xmmword ptr [rip], 0xaa
;;     26  vpsrld xmm0, xmm0, 0x10
;;     31  vpblendw xmm0, xmm0, xmmword ptr [rip], 0xaa
;;     41  vsubps xmm0, xmm0, xmmword ptr [rip]
;;     49  vaddps xmm0, xmm0, xmm1
;;     53  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvtdq2pd xmm0, xmm0
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vunpcklps xmm0, xmm0, xmmword ptr [rip]
;;     24  vsubpd xmm0, xmm0, xmmword ptr [rip]
;;     32  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvtdq2ps xmm0, xmm0
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm1, xmm0
;;     19  pblendw xmm1, xmmword ptr [rip], 0xaa
;;     29  psrld xmm0, 0x10
;;     34  pblendw xmm0, xmmword ptr [rip], 0xaa
;;     44  subps xmm0, xmmword ptr [rip]
;;     51  addps xmm0, xmm1
;;     54  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvtdq2pd xmm0, xmm0
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  unpcklps xmm0, xmmword ptr [rip]
;;     23  subpd xmm0, xmmword ptr [rip]
;;     31  ret
