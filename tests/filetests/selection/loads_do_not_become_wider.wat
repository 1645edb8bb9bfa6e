;; Eight bytes in memory are no operand of sixteen.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32) (result v128) (f64x2.splat (f64.load (local.get 0))))
  (func (param i32) (result v128) (i64x2.splat (i64.load (local.get 0))))
  (func (param v128 i32) (result v128) (f64x2.replace_lane 1 (local.get 0) (f64.load (local.get 1))))
  (func (param v128 i32) (result v128) (f32x4.replace_lane 2 (local.get 0) (f32.load (local.get 1))))
  (func (param i32) (result v128) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get 0))))
  (func (param i32) (result v128) (i32x4.extend_low_i16x8_s (v128.load (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = f64.load base v1 v0
;;   v3 = f64x2.splat v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i64.load base v1 v0
;;   v3 = i64x2.splat v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = f64.load base v2 v1
;;   v4 = f64x2.replace_lane lane 1 v0 v3
;;   return(v4)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = f32.load base v2 v1
;;   v4 = f32x4.replace_lane lane 2 v0 v3
;;   return(v4)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load64_zero base v1 v0
;;   v3 = f64x2.promote_low_f32x4 v2
;;   return(v3)
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load base v1 v0
;;   v3 = i32x4.extend_low_i16x8_s v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovddup xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r15+rdi]
;;     20  vmovq xmm0, rax
;;     25  vpshufd xmm0, xmm0, 0x44
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd xmm1, qword ptr [r15+rdi]
;;     22  vmovlhps xmm0, xmm0, xmm1
;;     26  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vinsertps xmm0, xmm0, dword ptr [r15+rdi], 0x20
;;     23  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd xmm0, qword ptr [r15+rdi]
;;     22  vcvtps2pd xmm0, xmm0
;;     26  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovups xmm0, xmmword ptr [r15+rdi]
;;     22  vpmovsxwd xmm0, xmm0
;;     27  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movddup xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r15+rdi]
;;     20  movq xmm0, rax
;;     25  pshufd xmm0, xmm0, 0x44
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsd xmm1, qword ptr [r15+rdi]
;;     22  movlhps xmm0, xmm1
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  insertps xmm0, dword ptr [r15+rdi], 0x20
;;     24  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsd xmm0, qword ptr [r15+rdi]
;;     22  cvtps2pd xmm0, xmm0
;;     25  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movups xmm0, xmmword ptr [r15+rdi]
;;     21  pmovsxwd xmm0, xmm0
;;     26  ret
