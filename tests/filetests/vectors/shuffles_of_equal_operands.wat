;; Selectors of the second operand are taken of the first.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i8x16.shuffle 3 10 17 24 31 6 13 20 27 2 9 16 23 30 5 12 (local.get 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i8x16.shuffle v0 v0 [3, 10, 17, 24, 31, 6, 13, 20, 27, 2, 9, 16, 23, 30, 5, 12]
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufb xmm0, xmm0, xmmword ptr [rip]
;;     25  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufb xmm0, xmmword ptr [rip]
;;     25  ret
