;; Tests and masks of lanes.
;; processors: full baseline
(module
  (func (param v128) (result i32) (i16x8.all_true (local.get 0)))
  (func (param v128) (result i32) (i16x8.bitmask (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.all_true v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.bitmask v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vpcmpeqw xmm0, xmm1, xmm0
;;     24  vptest xmm0, xmm0
;;     29  sete al
;;     32  movzx eax, al
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vpacksswb xmm0, xmm0, xmm1
;;     24  vpmovmskb eax, xmm0
;;     28  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  pcmpeqw xmm1, xmm0
;;     23  ptest xmm1, xmm1
;;     28  sete al
;;     31  movzx eax, al
;;     34  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  packsswb xmm0, xmm1
;;     23  pmovmskb eax, xmm0
;;     27  ret
