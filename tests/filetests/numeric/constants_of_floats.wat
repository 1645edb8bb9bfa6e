;; Zero is made by an instruction; other constants are behind the code.
(module
  (func (result f32) (f32.const 0))
  (func (result f32) (f32.const -0))
  (func (result f32) (f32.const 1))
  (func (result f64) (f64.const 0))
  (func (result f64) (f64.const 1.5))
  (func (result f64) (f64.const nan)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.const 0.0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = f32.const -0.0
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = f32.const 1.0
;;   return(v0)
;; function 3:
;; b0:
;;   v0 = f64.const 0.0
;;   return(v0)
;; function 4:
;; b0:
;;   v0 = f64.const 1.5
;;   return(v0)
;; function 5:
;; b0:
;;   v0 = f64.const NaN
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovss xmm0, dword ptr [rip]
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovss xmm0, dword ptr [rip]
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovsd xmm0, qword ptr [rip]
;;     24  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovsd xmm0, qword ptr [rip]
;;     24  ret
