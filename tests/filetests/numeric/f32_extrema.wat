;; The rare cases, zeros and what is not a number, are in cold code.
;; processors: full baseline
(module
  (func (param f32 f32) (result f32) (f32.min (local.get 0) (local.get 1)))
  (func (param f32 f32) (result f32) (f32.max (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.min v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.max v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  je l1
;;     26  vminss xmm0, xmm0, xmm1
;;     30  ret
;;     31  jp l3
;;     37  vorps xmm0, xmm0, xmm1
;;     41  jmp l2
;;     43  vaddss xmm0, xmm0, xmm1
;;     47  jmp l2
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  je l1
;;     26  vmaxss xmm0, xmm0, xmm1
;;     30  ret
;;     31  jp l3
;;     37  vandps xmm0, xmm0, xmm1
;;     41  jmp l2
;;     43  vaddss xmm0, xmm0, xmm1
;;     47  jmp l2
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm0, xmm1
;;     19  je l1
;;     25  minss xmm0, xmm1
;;     29  ret
;;     30  jp l3
;;     36  orps xmm0, xmm1
;;     39  jmp l2
;;     41  addss xmm0, xmm1
;;     45  jmp l2
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm0, xmm1
;;     19  je l1
;;     25  maxss xmm0, xmm1
;;     29  ret
;;     30  jp l3
;;     36  andps xmm0, xmm1
;;     39  jmp l2
;;     41  addss xmm0, xmm1
;;     45  jmp l2
