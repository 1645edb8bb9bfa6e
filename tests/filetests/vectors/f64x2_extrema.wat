;; Zeros and what is not a number are put right.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (f64x2.min (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f64x2.max (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.min v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.max v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
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
;; function 1:
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
;; == assemble, baseline
;; function 0:
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
;; function 1:
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
