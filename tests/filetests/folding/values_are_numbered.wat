;; What was computed is not computed again.
(module
  (func (param i32 i32) (result i32) (i32.mul (i32.add (local.get 0) (local.get 1)) (i32.add (local.get 1) (local.get 0))))
  (func (param f32 f32) (result f32) (f32.mul (f32.add (local.get 0) (local.get 1)) (f32.add (local.get 0) (local.get 1))))
  (func (param f32 f32) (result f32) (f32.mul (f32.add (local.get 0) (local.get 1)) (f32.add (local.get 1) (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.add v0 v1
;;   v3 = i32.mul v2 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.add v0 v1
;;   v3 = f32.mul v2 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.add v0 v1
;;   v3 = f32.add v1 v0
;;   v4 = f32.mul v2 v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rsi]
;;     19  imul eax, eax
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vaddss xmm0, xmm0, xmm1
;;     20  vmulss xmm0, xmm0, xmm0
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vaddss xmm2, xmm0, xmm1
;;     20  vaddss xmm0, xmm1, xmm0
;;     24  vmulss xmm0, xmm2, xmm0
;;     28  ret
