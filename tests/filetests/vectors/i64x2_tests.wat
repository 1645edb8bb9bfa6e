;; Tests and masks of lanes.
;; processors: full baseline
(module
  (func (param v128) (result i32) (i64x2.all_true (local.get 0)))
  (func (param v128) (result i32) (i64x2.bitmask (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.all_true v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.bitmask v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vpcmpeqq xmm0, xmm1, xmm0
;;     25  vptest xmm0, xmm0
;;     30  sete al
;;     33  movzx eax, al
;;     36  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovmskpd eax, xmm0
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  pcmpeqq xmm1, xmm0
;;     24  ptest xmm1, xmm1
;;     29  sete al
;;     32  movzx eax, al
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movmskpd eax, xmm0
;;     20  ret
