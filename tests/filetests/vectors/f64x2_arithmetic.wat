;; Arithmetic of lanes.
;; processors: full baseline
(module
  (func (param v128) (result v128) (f64x2.sqrt (local.get 0)))
  (func (param v128 v128) (result v128) (f64x2.add (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f64x2.sub (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f64x2.mul (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f64x2.div (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.sqrt v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.add v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.sub v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.mul v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f64x2.div v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsqrtpd xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vaddpd xmm0, xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsubpd xmm0, xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmulpd xmm0, xmm0, xmm1
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vdivpd xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sqrtpd xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  addpd xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  subpd xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mulpd xmm0, xmm1
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  divpd xmm0, xmm1
;;     20  ret
