;; Conversions between formats.
;; processors: full baseline
(module
  (func (param f64) (result f32) (f32.demote_f64 (local.get 0)))
  (func (param f32) (result f64) (f64.promote_f32 (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f32.demote_f64 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f64.promote_f32 v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvtsd2ss xmm0, xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcvtss2sd xmm0, xmm0, xmm0
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvtsd2ss xmm0, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cvtss2sd xmm0, xmm0
;;     20  ret
