;; Products of lanes.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i64x2.mul (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.mul v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsrlq xmm2, xmm0, 0x20
;;     21  vpsrlq xmm3, xmm1, 0x20
;;     26  vpmuludq xmm2, xmm2, xmm1
;;     30  vpmuludq xmm3, xmm3, xmm0
;;     34  vpaddq xmm2, xmm2, xmm3
;;     38  vpsllq xmm2, xmm2, 0x20
;;     43  vpmuludq xmm0, xmm0, xmm1
;;     47  vpaddq xmm0, xmm0, xmm2
;;     51  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  psrlq xmm2, 0x20
;;     24  movaps xmm3, xmm1
;;     27  psrlq xmm3, 0x20
;;     32  pmuludq xmm2, xmm1
;;     36  pmuludq xmm3, xmm0
;;     40  paddq xmm2, xmm3
;;     44  psllq xmm2, 0x20
;;     49  pmuludq xmm0, xmm1
;;     53  paddq xmm0, xmm2
;;     57  ret
