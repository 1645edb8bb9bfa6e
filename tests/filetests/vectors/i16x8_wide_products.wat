;; Products of lanes in twice the width.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i16x8.extmul_low_i8x16_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.extmul_high_i8x16_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.extmul_low_i8x16_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.extmul_high_i8x16_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.extmul_low_i8x16_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.extmul_high_i8x16_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.extmul_low_i8x16_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.extmul_high_i8x16_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmovsxbw xmm0, xmm0
;;     21  vpmovsxbw xmm1, xmm1
;;     26  vpmullw xmm0, xmm0, xmm1
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpunpckhbw xmm0, xmm0, xmm0
;;     20  vpsraw xmm0, xmm0, 0x8
;;     25  vpunpckhbw xmm1, xmm1, xmm1
;;     29  vpsraw xmm1, xmm1, 0x8
;;     34  vpmullw xmm0, xmm0, xmm1
;;     38  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmovzxbw xmm0, xmm0
;;     21  vpmovzxbw xmm1, xmm1
;;     26  vpmullw xmm0, xmm0, xmm1
;;     30  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm2, xmm2, xmm2
;;     20  vpunpckhbw xmm0, xmm0, xmm2
;;     24  vxorps xmm2, xmm2, xmm2
;;     28  vpunpckhbw xmm1, xmm1, xmm2
;;     32  vpmullw xmm0, xmm0, xmm1
;;     36  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmovsxbw xmm0, xmm0
;;     21  pmovsxbw xmm1, xmm1
;;     26  pmullw xmm0, xmm1
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  punpckhbw xmm0, xmm0
;;     20  psraw xmm0, 0x8
;;     25  punpckhbw xmm1, xmm1
;;     29  psraw xmm1, 0x8
;;     34  pmullw xmm0, xmm1
;;     38  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmovzxbw xmm0, xmm0
;;     21  pmovzxbw xmm1, xmm1
;;     26  pmullw xmm0, xmm1
;;     30  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm2, xmm2
;;     19  punpckhbw xmm0, xmm2
;;     23  xorps xmm2, xmm2
;;     26  punpckhbw xmm1, xmm2
;;     30  pmullw xmm0, xmm1
;;     34  ret
