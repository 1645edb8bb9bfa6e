;; Ones are looked up by halves of bytes.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i8x16.popcnt (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i8x16.popcnt v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm1, xmm0, xmmword ptr [rip]
;;     24  vpsrlw xmm0, xmm0, 0x4
;;     29  vpand xmm0, xmm0, xmmword ptr [rip]
;;     37  vmovaps xmm2, xmmword ptr [rip]
;;     45  vpshufb xmm1, xmm2, xmm1
;;     50  vpshufb xmm0, xmm2, xmm0
;;     55  vpaddb xmm0, xmm1, xmm0
;;     59  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm1, xmm0
;;     19  pand xmm1, xmmword ptr [rip]
;;     27  psrlw xmm0, 0x4
;;     32  pand xmm0, xmmword ptr [rip]
;;     40  movaps xmm2, xmmword ptr [rip]
;;     47  movaps xmm3, xmm2
;;     50  pshufb xmm3, xmm1
;;     55  pshufb xmm2, xmm0
;;     60  paddb xmm3, xmm2
;;     64  movaps xmm0, xmm3
;;     67  ret
