;; Products of lanes in twice the width.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i32x4.extmul_low_i16x8_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i32x4.extmul_high_i16x8_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i32x4.extmul_low_i16x8_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i32x4.extmul_high_i16x8_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32x4.extmul_low_i16x8_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32x4.extmul_high_i16x8_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32x4.extmul_low_i16x8_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32x4.extmul_high_i16x8_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmullw xmm2, xmm0, xmm1
;;     20  vpmulhw xmm0, xmm0, xmm1
;;     24  vpunpcklwd xmm0, xmm2, xmm0
;;     28  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmullw xmm2, xmm0, xmm1
;;     20  vpmulhw xmm0, xmm0, xmm1
;;     24  vpunpckhwd xmm0, xmm2, xmm0
;;     28  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmullw xmm2, xmm0, xmm1
;;     20  vpmulhuw xmm0, xmm0, xmm1
;;     24  vpunpcklwd xmm0, xmm2, xmm0
;;     28  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmullw xmm2, xmm0, xmm1
;;     20  vpmulhuw xmm0, xmm0, xmm1
;;     24  vpunpckhwd xmm0, xmm2, xmm0
;;     28  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  pmullw xmm2, xmm1
;;     23  pmulhw xmm0, xmm1
;;     27  punpcklwd xmm2, xmm0
;;     31  movaps xmm0, xmm2
;;     34  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  pmullw xmm2, xmm1
;;     23  pmulhw xmm0, xmm1
;;     27  punpckhwd xmm2, xmm0
;;     31  movaps xmm0, xmm2
;;     34  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  pmullw xmm2, xmm1
;;     23  pmulhuw xmm0, xmm1
;;     27  punpcklwd xmm2, xmm0
;;     31  movaps xmm0, xmm2
;;     34  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  pmullw xmm2, xmm1
;;     23  pmulhuw xmm0, xmm1
;;     27  punpckhwd xmm2, xmm0
;;     31  movaps xmm0, xmm2
;;     34  ret
