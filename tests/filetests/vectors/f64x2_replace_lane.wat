;; The first and the last lane.
;; processors: full baseline
(module
  (func (param v128 f64) (result v128) (f64x2.replace_lane 0 (local.get 0) (local.get 1)))
  (func (param v128 f64) (result v128) (f64x2.replace_lane 1 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64x2.replace_lane lane 0 v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64x2.replace_lane lane 1 v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovsd xmm0, xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovlhps xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsd xmm0, xmm1
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movlhps xmm0, xmm1
;;     19  ret
