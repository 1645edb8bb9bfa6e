;; A value in all lanes: instructions of AVX2, or shuffles.
;; processors: full without-avx2 without-avx
(module
  (func (param i32) (result v128) (i8x16.splat (local.get 0)))
  (func (param i32) (result v128) (i16x8.splat (local.get 0)))
  (func (param i32) (result v128) (i32x4.splat (local.get 0)))
  (func (param i64) (result v128) (i64x2.splat (local.get 0)))
  (func (param f32) (result v128) (f32x4.splat (local.get 0)))
  (func (param f64) (result v128) (f64x2.splat (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i8x16.splat v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i16x8.splat v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32x4.splat v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64x2.splat v0
;;   return(v1)
;; function 4:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32x4.splat v0
;;   return(v1)
;; function 5:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64x2.splat v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  vpbroadcastb xmm0, xmm0
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  vpbroadcastw xmm0, xmm0
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  vpshufd xmm0, xmm0, 0x0
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovq xmm0, rdi
;;     21  vpshufd xmm0, xmm0, 0x44
;;     26  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vbroadcastss xmm0, xmm0
;;     21  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovddup xmm0, xmm0
;;     20  ret
;; == assemble, without-avx2
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  vxorps xmm1, xmm1, xmm1
;;     24  vpshufb xmm0, xmm0, xmm1
;;     29  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  vpshuflw xmm0, xmm0, 0x0
;;     25  vpshufd xmm0, xmm0, 0x0
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  vpshufd xmm0, xmm0, 0x0
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovq xmm0, rdi
;;     21  vpshufd xmm0, xmm0, 0x44
;;     26  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpshufd xmm0, xmm0, 0x0
;;     21  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovddup xmm0, xmm0
;;     20  ret
;; == assemble, without-avx
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movd xmm0, edi
;;     20  xorps xmm1, xmm1
;;     23  pshufb xmm0, xmm1
;;     28  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movd xmm0, edi
;;     20  pshuflw xmm0, xmm0, 0x0
;;     25  pshufd xmm0, xmm0, 0x0
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movd xmm0, edi
;;     20  pshufd xmm0, xmm0, 0x0
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movq xmm0, rdi
;;     21  pshufd xmm0, xmm0, 0x44
;;     26  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pshufd xmm0, xmm0, 0x0
;;     21  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movddup xmm0, xmm0
;;     20  ret
