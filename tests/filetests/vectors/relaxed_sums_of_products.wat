;; A product and a sum, not fused.
;; processors: full baseline
(module
  (func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128 v128) (result v128) (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128 v128) (result v128) (f64x2.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func (param v128 v128 v128) (result v128) (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = f32x4.relaxed_madd v0 v1 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = f32x4.relaxed_nmadd v0 v1 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = f64x2.relaxed_madd v0 v1 v2
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = f64x2.relaxed_nmadd v0 v1 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmulps xmm0, xmm0, xmm1
;;     20  vaddps xmm0, xmm0, xmm2
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmmword ptr [rip]
;;     24  vmulps xmm0, xmm0, xmm1
;;     28  vaddps xmm0, xmm0, xmm2
;;     32  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmulpd xmm0, xmm0, xmm1
;;     20  vaddpd xmm0, xmm0, xmm2
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmmword ptr [rip]
;;     24  vmulpd xmm0, xmm0, xmm1
;;     28  vaddpd xmm0, xmm0, xmm2
;;     32  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mulps xmm0, xmm1
;;     19  addps xmm0, xmm2
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmmword ptr [rip]
;;     23  mulps xmm0, xmm1
;;     26  addps xmm0, xmm2
;;     29  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mulpd xmm0, xmm1
;;     20  addpd xmm0, xmm2
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmmword ptr [rip]
;;     23  mulpd xmm0, xmm1
;;     27  addpd xmm0, xmm2
;;     31  ret
