;; Equality of lanes; its opposite is a complement.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i8x16.eq (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i8x16.ne (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.eq v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.ne v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpeqb xmm0, xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpeqb xmm0, xmm0, xmm1
;;     20  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     28  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpeqb xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpeqb xmm0, xmm1
;;     20  pxor xmm0, xmmword ptr [rip]
;;     28  ret
