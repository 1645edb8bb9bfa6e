;; Lanes in twice the width.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i64x2.extend_low_i32x4_s (local.get 0)))
  (func (param v128) (result v128) (i64x2.extend_high_i32x4_s (local.get 0)))
  (func (param v128) (result v128) (i64x2.extend_low_i32x4_u (local.get 0)))
  (func (param v128) (result v128) (i64x2.extend_high_i32x4_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.extend_low_i32x4_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.extend_high_i32x4_s v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.extend_low_i32x4_u v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.extend_high_i32x4_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmovsxdq xmm0, xmm0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufd xmm0, xmm0, 0xee
;;     21  vpmovsxdq xmm0, xmm0
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmovzxdq xmm0, xmm0
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vpunpckhdq xmm0, xmm0, xmm1
;;     24  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmovsxdq xmm0, xmm0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufd xmm0, xmm0, 0xee
;;     21  pmovsxdq xmm0, xmm0
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmovzxdq xmm0, xmm0
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  punpckhdq xmm0, xmm1
;;     23  ret
