;; Equal constants of a function have one place.
(module
  (func (param f64) (result f64) (f64.add (f64.mul (local.get 0) (f64.const 3)) (f64.const 3))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.const 3.0
;;   v2 = f64.mul v0 v1
;;   v3 = f64.add v2 v1
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmulsd xmm0, xmm0, qword ptr [rip]
;;     24  vaddsd xmm0, xmm0, qword ptr [rip]
;;     32  ret
