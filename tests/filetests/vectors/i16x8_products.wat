;; Products of lanes.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i16x8.q15mulr_sat_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.mul (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.q15mulr_sat_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.mul v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmulhrsw xmm0, xmm0, xmm1
;;     21  vpcmpeqw xmm1, xmm0, xmmword ptr [rip]
;;     29  vpxor xmm0, xmm0, xmm1
;;     33  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmullw xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmulhrsw xmm0, xmm1
;;     21  movaps xmm1, xmm0
;;     24  pcmpeqw xmm1, xmmword ptr [rip]
;;     32  pxor xmm0, xmm1
;;     36  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmullw xmm0, xmm1
;;     20  ret
