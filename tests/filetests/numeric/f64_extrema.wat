;; The rare cases, zeros and what is not a number, are in cold code.
;; processors: full baseline
(module
  (func (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func (param f64 f64) (result f64) (f64.max (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.min v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.max v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  je l1
;;     26  vminsd xmm0, xmm0, xmm1
;;     30  ret
;;     31  jp l3
;;     37  vorps xmm0, xmm0, xmm1
;;     41  jmp l2
;;     43  vaddsd xmm0, xmm0, xmm1
;;     47  jmp l2
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  je l1
;;     26  vmaxsd xmm0, xmm0, xmm1
;;     30  ret
;;     31  jp l3
;;     37  vandps xmm0, xmm0, xmm1
;;     41  jmp l2
;;     43  vaddsd xmm0, xmm0, xmm1
;;     47  jmp l2
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm1
;;     20  je l1
;;     26  minsd xmm0, xmm1
;;     30  ret
;;     31  jp l3
;;     37  orps xmm0, xmm1
;;     40  jmp l2
;;     42  addsd xmm0, xmm1
;;     46  jmp l2
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm1
;;     20  je l1
;;     26  maxsd xmm0, xmm1
;;     30  ret
;;     31  jp l3
;;     37  andps xmm0, xmm1
;;     40  jmp l2
;;     42  addsd xmm0, xmm1
;;     46  jmp l2
