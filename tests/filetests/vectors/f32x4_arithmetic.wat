;; Arithmetic of lanes.
;; processors: full baseline
(module
  (func (param v128) (result v128) (f32x4.sqrt (local.get 0)))
  (func (param v128 v128) (result v128) (f32x4.add (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.sub (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.mul (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.div (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f32x4.sqrt v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.add v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.sub v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.mul v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.div v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsqrtps xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vaddps xmm0, xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsubps xmm0, xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmulps xmm0, xmm0, xmm1
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vdivps xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sqrtps xmm0, xmm0
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  addps xmm0, xmm1
;;     19  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  subps xmm0, xmm1
;;     19  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mulps xmm0, xmm1
;;     19  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  divps xmm0, xmm1
;;     19  ret
