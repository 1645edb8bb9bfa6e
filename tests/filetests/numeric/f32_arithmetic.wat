;; Arithmetic, with two operands and with three.
;; processors: full baseline
(module
  (func (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func (param f32 f32) (result f32) (f32.sub (local.get 0) (local.get 1)))
  (func (param f32 f32) (result f32) (f32.mul (local.get 0) (local.get 1)))
  (func (param f32 f32) (result f32) (f32.div (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.add v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.sub v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.mul v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.div v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vaddss xmm0, xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsubss xmm0, xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmulss xmm0, xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vdivss xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  addss xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  subss xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mulss xmm0, xmm1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  divss xmm0, xmm1
;;     20  ret
