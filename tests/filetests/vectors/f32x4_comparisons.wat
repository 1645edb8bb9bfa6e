;; Comparisons of lanes, greater by exchanged operands.
;; processors: full baseline
(module
  (func (param v128 v128) (result v128) (f32x4.eq (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.ne (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.lt (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.gt (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.le (local.get 0) (local.get 1)))
  (func (param v128 v128) (result v128) (f32x4.ge (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.eq v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.ne v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.lt v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.gt v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.le v0 v1
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = f32x4.ge v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm0, xmm0, xmm1, 0x0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm0, xmm0, xmm1, 0x4
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm0, xmm0, xmm1, 0x1
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm0, xmm1, xmm0, 0x1
;;     21  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm0, xmm0, xmm1, 0x2
;;     21  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vcmpps xmm0, xmm1, xmm0, 0x2
;;     21  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmpps xmm0, xmm1, 0x0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmpps xmm0, xmm1, 0x4
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmpps xmm0, xmm1, 0x1
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmpps xmm1, xmm0, 0x1
;;     20  movaps xmm0, xmm1
;;     23  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmpps xmm0, xmm1, 0x2
;;     20  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmpps xmm1, xmm0, 0x2
;;     20  movaps xmm0, xmm1
;;     23  ret
