;; Sums and differences of lanes.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i64x2.abs (local.get 0)))
  (func (param v128) (result v128) (i64x2.neg (local.get 0)))
  (func (param v128 v128) (result v128) (i64x2.add (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.sub (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.abs v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.neg v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.add v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.sub v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsrad xmm1, xmm0, 0x1f
;;     21  vpshufd xmm1, xmm1, 0xf5
;;     26  vpxor xmm0, xmm0, xmm1
;;     30  vpsubq xmm0, xmm0, xmm1
;;     34  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vpsubq xmm0, xmm1, xmm0
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpaddq xmm0, xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsubq xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm1, xmm0
;;     19  psrad xmm1, 0x1f
;;     24  pshufd xmm1, xmm1, 0xf5
;;     29  pxor xmm0, xmm1
;;     33  psubq xmm0, xmm1
;;     37  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  psubq xmm1, xmm0
;;     23  movaps xmm0, xmm1
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  paddq xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  psubq xmm0, xmm1
;;     20  ret
