;; What chooses whole bytes is one instruction.
;; processors: full baseline
(module
  (func (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (i32x4.gt_s (local.get 1) (local.get 2))))
  (func (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1)
      (v128.and
        (v128.not (f64x2.lt (local.get 1) (local.get 2)))
        (i64x2.ge_s (local.get 0) (local.get 2)))))
  (func (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1)
      (v128.or (local.get 2) (i8x16.eq (local.get 1) (local.get 2))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i32x4.gt_s v1 v2
;;   v4 = v128.bitselect v0 v1 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = f64x2.lt v1 v2
;;   v4 = v128.not v3
;;   v5 = i64x2.ge_s v0 v2
;;   v6 = v128.and v4 v5
;;   v7 = v128.bitselect v0 v1 v6
;;   return(v7)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i8x16.eq v1 v2
;;   v4 = v128.or v2 v3
;;   v5 = v128.bitselect v0 v1 v4
;;   return(v5)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtd xmm2, xmm1, xmm2
;;     20  vpblendvb xmm0, xmm1, xmm0, xmm2
;;     26  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmppd xmm3, xmm1, xmm2, 0x1
;;     21  vpxor xmm3, xmm3, xmmword ptr [rip]
;;     29  vpcmpgtq xmm2, xmm2, xmm0
;;     34  vpxor xmm2, xmm2, xmmword ptr [rip]
;;     42  vpand xmm2, xmm3, xmm2
;;     46  vpblendvb xmm0, xmm1, xmm0, xmm2
;;     52  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpeqb xmm3, xmm1, xmm2
;;     20  vpor xmm2, xmm2, xmm3
;;     24  vpand xmm0, xmm0, xmm2
;;     28  vpandn xmm1, xmm2, xmm1
;;     32  vpor xmm0, xmm0, xmm1
;;     36  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm3, xmm1
;;     19  pcmpgtd xmm3, xmm2
;;     23  pand xmm0, xmm3
;;     27  pandn xmm3, xmm1
;;     31  por xmm0, xmm3
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm3, xmm1
;;     19  cmppd xmm3, xmm2, 0x1
;;     24  pxor xmm3, xmmword ptr [rip]
;;     32  movaps xmm4, xmm2
;;     35  pcmpgtd xmm4, xmm0
;;     39  movaps xmm5, xmm2
;;     42  pcmpeqd xmm5, xmm0
;;     46  movaps xmm6, xmm0
;;     49  psubq xmm6, xmm2
;;     53  pand xmm5, xmm6
;;     57  por xmm4, xmm5
;;     61  pshufd xmm2, xmm4, 0xf5
;;     66  pxor xmm2, xmmword ptr [rip]
;;     74  pand xmm3, xmm2
;;     78  pand xmm0, xmm3
;;     82  pandn xmm3, xmm1
;;     86  por xmm0, xmm3
;;     90  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm3, xmm1
;;     19  pcmpeqb xmm3, xmm2
;;     23  por xmm2, xmm3
;;     27  pand xmm0, xmm2
;;     31  pandn xmm2, xmm1
;;     35  por xmm0, xmm2
;;     39  ret
