;; Products of lanes in twice the width.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i64x2.extmul_low_i32x4_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.extmul_high_i32x4_s (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.extmul_low_i32x4_u (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i64x2.extmul_high_i32x4_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.extmul_low_i32x4_s v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.extmul_high_i32x4_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.extmul_low_i32x4_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i64x2.extmul_high_i32x4_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufd xmm0, xmm0, 0x50
;;     21  vpshufd xmm1, xmm1, 0x50
;;     26  vpmuldq xmm0, xmm0, xmm1
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufd xmm0, xmm0, 0xfa
;;     21  vpshufd xmm1, xmm1, 0xfa
;;     26  vpmuldq xmm0, xmm0, xmm1
;;     31  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufd xmm0, xmm0, 0x50
;;     21  vpshufd xmm1, xmm1, 0x50
;;     26  vpmuludq xmm0, xmm0, xmm1
;;     30  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufd xmm0, xmm0, 0xfa
;;     21  vpshufd xmm1, xmm1, 0xfa
;;     26  vpmuludq xmm0, xmm0, xmm1
;;     30  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufd xmm0, xmm0, 0x50
;;     21  pshufd xmm1, xmm1, 0x50
;;     26  pmuldq xmm0, xmm1
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufd xmm0, xmm0, 0xfa
;;     21  pshufd xmm1, xmm1, 0xfa
;;     26  pmuldq xmm0, xmm1
;;     31  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufd xmm0, xmm0, 0x50
;;     21  pshufd xmm1, xmm1, 0x50
;;     26  pmuludq xmm0, xmm1
;;     30  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufd xmm0, xmm0, 0xfa
;;     21  pshufd xmm1, xmm1, 0xfa
;;     26  pmuludq xmm0, xmm1
;;     30  ret
