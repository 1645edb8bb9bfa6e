;; Sums of neighbours in twice the width.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i16x8.extadd_pairwise_i8x16_s (local.get 0)))
  (func (param v128) (result v128) (i16x8.extadd_pairwise_i8x16_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.extadd_pairwise_i8x16_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.extadd_pairwise_i8x16_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovaps xmm1, xmmword ptr [rip]
;;     24  vpmaddubsw xmm0, xmm1, xmm0
;;     29  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaddubsw xmm0, xmm0, xmmword ptr [rip]
;;     25  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm1, xmmword ptr [rip]
;;     23  pmaddubsw xmm1, xmm0
;;     28  movaps xmm0, xmm1
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaddubsw xmm0, xmmword ptr [rip]
;;     25  ret
