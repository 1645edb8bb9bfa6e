;; Unsigned order of lanes, by minima and maxima.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i8x16.lt_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i8x16.gt_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i8x16.le_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i8x16.ge_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.lt_u v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.gt_u v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.le_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i8x16.ge_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaxub xmm1, xmm0, xmm1
;;     20  vpcmpeqb xmm0, xmm1, xmm0
;;     24  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     32  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpminub xmm1, xmm0, xmm1
;;     20  vpcmpeqb xmm0, xmm1, xmm0
;;     24  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     32  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpminub xmm1, xmm0, xmm1
;;     20  vpcmpeqb xmm0, xmm1, xmm0
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaxub xmm1, xmm0, xmm1
;;     20  vpcmpeqb xmm0, xmm1, xmm0
;;     24  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaxub xmm1, xmm0
;;     20  pcmpeqb xmm0, xmm1
;;     24  pxor xmm0, xmmword ptr [rip]
;;     32  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pminub xmm1, xmm0
;;     20  pcmpeqb xmm0, xmm1
;;     24  pxor xmm0, xmmword ptr [rip]
;;     32  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pminub xmm1, xmm0
;;     20  pcmpeqb xmm0, xmm1
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaxub xmm1, xmm0
;;     20  pcmpeqb xmm0, xmm1
;;     24  ret
