;; The selectors are known.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i8x16.swizzle (local.get 0) (v128.const i8x16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 16 255))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.const 0xff1002030405060708090a0b0c0d0e0f
;;   v2 = i8x16.swizzle v0 v1
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
