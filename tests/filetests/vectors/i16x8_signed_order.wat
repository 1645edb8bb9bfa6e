;; Signed order of lanes: only greater is an instruction.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i16x8.lt_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.gt_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.le_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i16x8.ge_s (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.lt_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.gt_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.le_s v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i16x8.ge_s v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtw xmm0, xmm1, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpcmpgtw xmm0, xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpminsw xmm1, xmm0, xmm1
;;     20  vpcmpeqw xmm0, xmm1, xmm0
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaxsw xmm1, xmm0, xmm1
;;     20  vpcmpeqw xmm0, xmm1, xmm0
;;     24  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpgtw xmm1, xmm0
;;     20  movaps xmm0, xmm1
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpgtw xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pminsw xmm1, xmm0
;;     20  pcmpeqw xmm0, xmm1
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaxsw xmm1, xmm0
;;     20  pcmpeqw xmm0, xmm1
;;     24  ret
