;; Shifts of lanes by a count in a register.
;; processors: full baseline
(module
  (func (param v128 i32) (result v128) (i16x8.shl (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i16x8.shr_s (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i16x8.shr_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i16x8.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i16x8.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i16x8.shr_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf
;;     19  vmovd xmm1, edi
;;     23  vpsllw xmm0, xmm0, xmm1
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf
;;     19  vmovd xmm1, edi
;;     23  vpsraw xmm0, xmm0, xmm1
;;     27  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf
;;     19  vmovd xmm1, edi
;;     23  vpsrlw xmm0, xmm0, xmm1
;;     27  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf
;;     19  movd xmm1, edi
;;     23  psllw xmm0, xmm1
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf
;;     19  movd xmm1, edi
;;     23  psraw xmm0, xmm1
;;     27  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf
;;     19  movd xmm1, edi
;;     23  psrlw xmm0, xmm1
;;     27  ret
