;; Sums of neighbours in twice the width.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i32x4.extadd_pairwise_i16x8_s (local.get 0)))
  (func (param v128) (result v128) (i32x4.extadd_pairwise_i16x8_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.extadd_pairwise_i16x8_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32x4.extadd_pairwise_i16x8_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaddwd xmm0, xmm0, xmmword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     24  vpmaddwd xmm0, xmm0, xmmword ptr [rip]
;;     32  vpaddd xmm0, xmm0, xmmword ptr [rip]
;;     40  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaddwd xmm0, xmmword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pxor xmm0, xmmword ptr [rip]
;;     24  pmaddwd xmm0, xmmword ptr [rip]
;;     32  paddd xmm0, xmmword ptr [rip]
;;     40  ret
