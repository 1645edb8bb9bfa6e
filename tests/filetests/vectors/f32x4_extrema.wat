;; Zeros and what is not a number are put right.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (f32x4.min (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.max (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.min v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.max v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
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
;; function 1:
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
;; == assemble, baseline
;; function 0:
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
;; function 1:
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
