;; Unsigned order of lanes, by minima and maxima.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i16x8.lt_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.gt_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.le_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.ge_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.lt_u v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.gt_u v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.le_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.ge_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaxuw xmm1, xmm0, xmm1
;;     21  vpcmpeqw xmm0, xmm1, xmm0
;;     25  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     33  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpminuw xmm1, xmm0, xmm1
;;     21  vpcmpeqw xmm0, xmm1, xmm0
;;     25  vpxor xmm0, xmm0, xmmword ptr [rip]
;;     33  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpminuw xmm1, xmm0, xmm1
;;     21  vpcmpeqw xmm0, xmm1, xmm0
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaxuw xmm1, xmm0, xmm1
;;     21  vpcmpeqw xmm0, xmm1, xmm0
;;     25  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaxuw xmm1, xmm0
;;     21  pcmpeqw xmm0, xmm1
;;     25  pxor xmm0, xmmword ptr [rip]
;;     33  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pminuw xmm1, xmm0
;;     21  pcmpeqw xmm0, xmm1
;;     25  pxor xmm0, xmmword ptr [rip]
;;     33  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pminuw xmm1, xmm0
;;     21  pcmpeqw xmm0, xmm1
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaxuw xmm1, xmm0
;;     21  pcmpeqw xmm0, xmm1
;;     25  ret
