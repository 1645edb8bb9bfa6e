;; Rounding in all directions, and square roots.
;; processors: full baseline
(module
  (func (param f64) (result f64) (f64.ceil (local.get 0)))
  (func (param f64) (result f64) (f64.floor (local.get 0)))
  (func (param f64) (result f64) (f64.trunc (local.get 0)))
  (func (param f64) (result f64) (f64.nearest (local.get 0)))
  (func (param f64) (result f64) (f64.sqrt (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.ceil v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.floor v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.trunc v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.nearest v0
;;   return(v1)
;; function 4:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.sqrt v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundsd xmm0, xmm0, xmm0, 0xa
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundsd xmm0, xmm0, xmm0, 0x9
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundsd xmm0, xmm0, xmm0, 0xb
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundsd xmm0, xmm0, xmm0, 0x8
;;     22  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsqrtsd xmm0, xmm0, xmm0
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundsd xmm0, xmm0, 0xa
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundsd xmm0, xmm0, 0x9
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundsd xmm0, xmm0, 0xb
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundsd xmm0, xmm0, 0x8
;;     22  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sqrtsd xmm0, xmm0
;;     20  ret
