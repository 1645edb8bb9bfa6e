;; Selectors beyond the vector give zero.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.swizzle v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpaddusb xmm1, xmm1, xmmword ptr [rip]
;;     24  vpshufb xmm0, xmm0, xmm1
;;     29  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  paddusb xmm1, xmmword ptr [rip]
;;     24  pshufb xmm0, xmm1
;;     29  ret
