;; Zeros and ones are made, other constants are behind the code, aligned.
;; processors: full baseline
(module
  (func (result v128) (v128.const i64x2 0 0))
  (func (result v128) (v128.const i64x2 -1 -1))
  (func (result v128) (v128.const i64x2 1 2)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.const 0x00000000000000000000000000000000
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = v128.const 0xffffffffffffffffffffffffffffffff
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = v128.const 0x00000000000000020000000000000001
;;   return(v0)
;; == assemble, full
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
;;     16  vpcmpeqd xmm0, xmm0, xmm0
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovaps xmm0, xmmword ptr [rip]
;;     24  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pcmpeqd xmm0, xmm0
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm0, xmmword ptr [rip]
;;     23  ret
