;; So are numbers, but nothing is folded to what is not one.
(module
  (func (result f64) (f64.sqrt (f64.const 2)))
  (func (result f64) (f64.sqrt (f64.const -2)))
  (func (result f32) (f32.div (f32.const 0) (f32.const 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.const 2.0
;;   v1 = f64.const 1.4142135623730951
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f64.const -2.0
;;   v1 = f64.sqrt v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f32.const 0.0
;;   v1 = f32.div v0 v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovsd xmm0, qword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vsqrtsd xmm0, xmm0, qword ptr [rip]
;;     28  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vdivss xmm0, xmm0, dword ptr [rip]
;;     28  ret
