;; Sums of products of bytes.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
  (func (param v128 v128 v128) (result v128) (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.relaxed_dot_i8x16_i7x16_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = i32x4.relaxed_dot_i8x16_i7x16_add_s v0 v1 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsllw xmm2, xmm0, 0x8
;;     21  vpsraw xmm2, xmm2, 0x8
;;     26  vpsllw xmm3, xmm1, 0x8
;;     31  vpsraw xmm3, xmm3, 0x8
;;     36  vpsraw xmm0, xmm0, 0x8
;;     41  vpsraw xmm1, xmm1, 0x8
;;     46  vpmullw xmm2, xmm2, xmm3
;;     50  vpmullw xmm0, xmm0, xmm1
;;     54  vpaddsw xmm0, xmm2, xmm0
;;     58  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsllw xmm3, xmm0, 0x8
;;     21  vpsraw xmm3, xmm3, 0x8
;;     26  vpsllw xmm4, xmm1, 0x8
;;     31  vpsraw xmm4, xmm4, 0x8
;;     36  vpsraw xmm0, xmm0, 0x8
;;     41  vpsraw xmm1, xmm1, 0x8
;;     46  vpmullw xmm3, xmm3, xmm4
;;     50  vpmullw xmm0, xmm0, xmm1
;;     54  vpaddsw xmm0, xmm3, xmm0
;;     58  vpmaddwd xmm0, xmm0, xmmword ptr [rip]
;;     66  vpaddd xmm0, xmm0, xmm2
;;     70  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  psllw xmm2, 0x8
;;     24  psraw xmm2, 0x8
;;     29  movaps xmm3, xmm1
;;     32  psllw xmm3, 0x8
;;     37  psraw xmm3, 0x8
;;     42  psraw xmm0, 0x8
;;     47  psraw xmm1, 0x8
;;     52  pmullw xmm2, xmm3
;;     56  pmullw xmm0, xmm1
;;     60  paddsw xmm0, xmm2
;;     64  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm3, xmm0
;;     19  psllw xmm3, 0x8
;;     24  psraw xmm3, 0x8
;;     29  movaps xmm4, xmm1
;;     32  psllw xmm4, 0x8
;;     37  psraw xmm4, 0x8
;;     42  psraw xmm0, 0x8
;;     47  psraw xmm1, 0x8
;;     52  pmullw xmm3, xmm4
;;     56  pmullw xmm0, xmm1
;;     60  paddsw xmm0, xmm3
;;     64  pmaddwd xmm0, xmmword ptr [rip]
;;     72  paddd xmm0, xmm2
;;     76  ret
