;; Without SSE4.2 lanes of 64 bits are compared by their halves.
;; processors: full without-avx baseline
(module
  (func (param v128 v128) (result v128) (i64x2.lt_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.gt_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.le_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.ge_s (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.lt_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.gt_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.le_s v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.ge_s v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtq xmm0, xmm1, xmm0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtq xmm0, xmm0, xmm1
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtq xmm0, xmm0, xmm1
;;     21  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     29  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtq xmm0, xmm1, xmm0
;;     21  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     29  ret
;; == assemble, without-avx
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpgtq xmm1, xmm0
;;     21  movaps xmm0, xmm1
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpgtq xmm0, xmm1
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpgtq xmm0, xmm1
;;     21  pxor xmm0, xmmword ptr [rip]
;;     29  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpgtq xmm1, xmm0
;;     21  pxor xmm1, xmmword ptr [rip]
;;     29  movaps xmm0, xmm1
;;     32  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm1
;;     19  pcmpgtd xmm2, xmm0
;;     23  movaps xmm3, xmm1
;;     26  pcmpeqd xmm3, xmm0
;;     30  psubq xmm0, xmm1
;;     34  pand xmm3, xmm0
;;     38  por xmm2, xmm3
;;     42  pshufd xmm0, xmm2, 0xf5
;;     47  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  pcmpgtd xmm2, xmm1
;;     23  movaps xmm3, xmm0
;;     26  pcmpeqd xmm3, xmm1
;;     30  psubq xmm1, xmm0
;;     34  pand xmm3, xmm1
;;     38  por xmm2, xmm3
;;     42  pshufd xmm0, xmm2, 0xf5
;;     47  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  pcmpgtd xmm2, xmm1
;;     23  movaps xmm3, xmm0
;;     26  pcmpeqd xmm3, xmm1
;;     30  psubq xmm1, xmm0
;;     34  pand xmm3, xmm1
;;     38  por xmm2, xmm3
;;     42  pshufd xmm0, xmm2, 0xf5
;;     47  pxor xmm0, xmmword ptr [rip]
;;     55  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm1
;;     19  pcmpgtd xmm2, xmm0
;;     23  movaps xmm3, xmm1
;;     26  pcmpeqd xmm3, xmm0
;;     30  psubq xmm0, xmm1
;;     34  pand xmm3, xmm0
;;     38  por xmm2, xmm3
;;     42  pshufd xmm0, xmm2, 0xf5
;;     47  pxor xmm0, xmmword ptr [rip]
;;     55  ret
