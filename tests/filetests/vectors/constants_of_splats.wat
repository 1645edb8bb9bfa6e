;; A splat of a constant is a constant.
;; processors: full baseline
(module
  (func (result v128) (i8x16.splat (i32.const 7)))
  (func (result v128) (i16x8.splat (i32.const 7)))
  (func (result v128) (f64x2.splat (f64.const 1)))
  (func (param v128) (result v128) (i32x4.add (local.get 0) (i32x4.splat (i32.const 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 7
;;   v1 = i8x16.splat v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.const 7
;;   v1 = i16x8.splat v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f64.const 1.0
;;   v1 = f64x2.splat v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.const 1
;;   v2 = i32x4.splat v1
;;   v3 = i32x4.add v0 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovaps xmm0, xmmword ptr [rip]
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovaps xmm0, xmmword ptr [rip]
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovaps xmm0, xmmword ptr [rip]
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpaddd xmm0, xmm0, xmmword ptr [rip]
;;     24  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm0, xmmword ptr [rip]
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm0, xmmword ptr [rip]
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm0, xmmword ptr [rip]
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  paddd xmm0, xmmword ptr [rip]
;;     24  ret
