;; The other operand is zero: one look-up.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i8x16.shuffle 0 16 1 16 2 16 3 16 4 16 9 16 6 16 7 16 (local.get 0) (v128.const i64x2 0 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.const 0x00000000000000000000000000000000
;;   v2 = i8x16.shuffle v0 v1 [0, 16, 1, 16, 2, 16, 3, 16, 4, 16, 9, 16, 6, 16, 7, 16]
;;   return(v2)
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
