;; Shifts of lanes by a count in a register.
;; processors: full baseline
(module
  (func (param v128 i32) (result v128) (i32x4.shl (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i32x4.shr_s (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i32x4.shr_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32x4.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32x4.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32x4.shr_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x1f
;;     19  vmovd xmm1, edi
;;     23  vpslld xmm0, xmm0, xmm1
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x1f
;;     19  vmovd xmm1, edi
;;     23  vpsrad xmm0, xmm0, xmm1
;;     27  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x1f
;;     19  vmovd xmm1, edi
;;     23  vpsrld xmm0, xmm0, xmm1
;;     27  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x1f
;;     19  movd xmm1, edi
;;     23  pslld xmm0, xmm1
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x1f
;;     19  movd xmm1, edi
;;     23  psrad xmm0, xmm1
;;     27  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x1f
;;     19  movd xmm1, edi
;;     23  psrld xmm0, xmm1
;;     27  ret
