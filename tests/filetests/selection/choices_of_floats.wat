;; There is no conditional move of vector registers: a jump.
;; processors: full baseline
(module
  (func (param f32 f32 i32) (result f32) (select (local.get 0) (local.get 1) (local.get 2)))
  (func (param f64 f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.eq (local.get 0) (local.get 2))))
  (func (param v128 v128 i32) (result v128) (select (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = i32.argument 2
;;   v3 = f32.select v0 v1 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.argument 2
;;   v3 = f64.eq v0 v2
;;   v4 = f64.select v0 v1 v3
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = i32.argument 2
;;   v3 = v128.select v0 v1 v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je l1
;;     24  vmovaps xmm1, xmm0
;;     28  vmovaps xmm0, xmm1
;;     32  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm2
;;     20  jp l1
;;     26  jne l1
;;     32  vmovaps xmm1, xmm0
;;     36  vmovaps xmm0, xmm1
;;     40  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je l1
;;     24  vmovaps xmm1, xmm0
;;     28  vmovaps xmm0, xmm1
;;     32  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je l1
;;     24  movaps xmm1, xmm0
;;     27  movaps xmm0, xmm1
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm2
;;     20  jp l1
;;     26  jne l1
;;     32  movaps xmm1, xmm0
;;     35  movaps xmm0, xmm1
;;     38  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je l1
;;     24  movaps xmm1, xmm0
;;     27  movaps xmm0, xmm1
;;     30  ret
