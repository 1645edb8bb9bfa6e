;; Operations on bits.
;; processors: full baseline
(module
  (func (param v128) (result v128) (v128.not (local.get 0)))
  (func (param v128 v128) (result v128) (v128.and (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (v128.andnot (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (v128.or (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (v128.xor (local.get 0) (local.get 1)))
  (func (param v128 v128 v128) (result v128) (v128.bitselect (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.not v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.and v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.andnot v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.or v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.xor v0 v1
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = v128.bitselect v0 v1 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm0, xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpandn xmm0, xmm1, xmm0
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpor xmm0, xmm0, xmm1
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpxor xmm0, xmm0, xmm1
;;     20  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpand xmm0, xmm0, xmm2
;;     20  vpandn xmm1, xmm2, xmm1
;;     24  vpor xmm0, xmm0, xmm1
;;     28  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pxor xmm0, xmmword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pand xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pandn xmm1, xmm0
;;     20  movaps xmm0, xmm1
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  por xmm0, xmm1
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pxor xmm0, xmm1
;;     20  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pand xmm0, xmm2
;;     20  pandn xmm2, xmm1
;;     24  por xmm0, xmm2
;;     28  ret
