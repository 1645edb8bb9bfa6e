;; Signs are bits: constants in memory mask them.
;; processors: full baseline
(module
  (func (param f64) (result f64) (f64.abs (local.get 0)))
  (func (param f64) (result f64) (f64.neg (local.get 0)))
  (func (param f64 f64) (result f64) (f64.copysign (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.abs v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.neg v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.copysign v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vandps xmm0, xmm0, xmmword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmmword ptr [rip]
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vandps xmm0, xmm0, xmmword ptr [rip]
;;     24  vandps xmm1, xmm1, xmmword ptr [rip]
;;     32  vorps xmm0, xmm0, xmm1
;;     36  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  andps xmm0, xmmword ptr [rip]
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmmword ptr [rip]
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  andps xmm0, xmmword ptr [rip]
;;     23  andps xmm1, xmmword ptr [rip]
;;     30  orps xmm0, xmm1
;;     33  ret
