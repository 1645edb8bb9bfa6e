;; Shifts of lanes by constants, modulo the width.
;; processors: full baseline
(module
  (func (param v128) (result v128) (i32x4.shl (local.get 0) (i32.const 3)))
  (func (param v128) (result v128) (i32x4.shr_s (local.get 0) (i32.const 3)))
  (func (param v128) (result v128) (i32x4.shr_u (local.get 0) (i32.const 3)))
  (func (param v128) (result v128) (i32x4.shr_s (local.get 0) (i32.const 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.const 3
;;   v2 = i32x4.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.const 3
;;   v2 = i32x4.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.const 3
;;   v2 = i32x4.shr_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.const 0
;;   v2 = i32x4.shr_s v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpslld xmm0, xmm0, 0x3
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsrad xmm0, xmm0, 0x3
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsrld xmm0, xmm0, 0x3
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpsrad xmm0, xmm0, 0x0
;;     21  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pslld xmm0, 0x3
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  psrad xmm0, 0x3
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  psrld xmm0, 0x3
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  psrad xmm0, 0x0
;;     21  ret
