;; Products of lanes.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (i32x4.mul (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (i32x4.dot_i16x8_s (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32x4.mul v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32x4.dot_i16x8_s v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmulld xmm0, xmm0, xmm1
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpmaddwd xmm0, xmm0, xmm1
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmulld xmm0, xmm1
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pmaddwd xmm0, xmm1
;;     20  ret
