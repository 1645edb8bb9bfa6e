;; As bitselect.
;; processors: full baseline
(module
  (func (param v128 v128 v128) (result v128) (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128 v128) (result v128) (i16x8.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128 v128) (result v128) (i32x4.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128 v128) (result v128) (i64x2.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i8x16.relaxed_laneselect v0 v1 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i16x8.relaxed_laneselect v0 v1 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i32x4.relaxed_laneselect v0 v1 v2
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i64x2.relaxed_laneselect v0 v1 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm0, xmm0, xmm2
;;     20  vpandn xmm1, xmm2, xmm1
;;     24  vpor xmm0, xmm0, xmm1
;;     28  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm0, xmm0, xmm2
;;     20  vpandn xmm1, xmm2, xmm1
;;     24  vpor xmm0, xmm0, xmm1
;;     28  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm0, xmm0, xmm2
;;     20  vpandn xmm1, xmm2, xmm1
;;     24  vpor xmm0, xmm0, xmm1
;;     28  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm0, xmm0, xmm2
;;     20  vpandn xmm1, xmm2, xmm1
;;     24  vpor xmm0, xmm0, xmm1
;;     28  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pand xmm0, xmm2
;;     20  pandn xmm2, xmm1
;;     24  por xmm0, xmm2
;;     28  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pand xmm0, xmm2
;;     20  pandn xmm2, xmm1
;;     24  por xmm0, xmm2
;;     28  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pand xmm0, xmm2
;;     20  pandn xmm2, xmm1
;;     24  por xmm0, xmm2
;;     28  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pand xmm0, xmm2
;;     20  pandn xmm2, xmm1
;;     24  por xmm0, xmm2
;;     28  ret
