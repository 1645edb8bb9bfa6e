;; A choice that means the same as the processor's minimum is that instruction.
;; processors: full baseline
(module
  (func (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.lt (local.get 0) (local.get 1))))
  (func (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.gt (local.get 0) (local.get 1))))
  (func (param f64 f64) (result f64) (select (local.get 1) (local.get 0) (f64.lt (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.lt v0 v1
;;   v3 = f32.select v0 v1 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.gt v0 v1
;;   v3 = f64.select v0 v1 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.lt v0 v1
;;   v3 = f64.select v1 v0 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vminss xmm0, xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmaxsd xmm0, xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmaxsd xmm0, xmm1, xmm0
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  minss xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  maxsd xmm0, xmm1
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  maxsd xmm1, xmm0
;;     20  movaps xmm0, xmm1
;;     23  ret
