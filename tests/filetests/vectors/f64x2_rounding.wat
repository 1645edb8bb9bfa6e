;; Rounding in all directions.
;; processors: full baseline
(module
  (func (param v128) (result v128) (f64x2.ceil (local.get 0)))
  (func (param v128) (result v128) (f64x2.floor (local.get 0)))
  (func (param v128) (result v128) (f64x2.trunc (local.get 0)))
  (func (param v128) (result v128) (f64x2.nearest (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.ceil v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.floor v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.trunc v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64x2.nearest v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundpd xmm0, xmm0, 0xa
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundpd xmm0, xmm0, 0x9
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundpd xmm0, xmm0, 0xb
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vroundpd xmm0, xmm0, 0x8
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundpd xmm0, xmm0, 0xa
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundpd xmm0, xmm0, 0x9
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundpd xmm0, xmm0, 0xb
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  roundpd xmm0, xmm0, 0x8
;;     22  ret
