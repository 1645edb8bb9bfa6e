;; Unsigned integers are signed ones of more bits, or are halved.
;; processors: full baseline
(module
  (func (param i32) (result f32) (f32.convert_i32_s (local.get 0)))
  (func (param i32) (result f32) (f32.convert_i32_u (local.get 0)))
  (func (param i64) (result f32) (f32.convert_i64_s (local.get 0)))
  (func (param i64) (result f32) (f32.convert_i64_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f32.convert_i32_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f32.convert_i32_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = f32.convert_i64_s v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = f32.convert_i64_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2ss xmm0, xmm0, edi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2ss xmm0, xmm0, rdi
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2ss xmm0, xmm0, rdi
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  shr rax, 0x1
;;     23  mov rcx, rdi
;;     26  and ecx, 0x1
;;     29  or rax, rcx
;;     32  test rdi, rdi
;;     35  mov rcx, rdi
;;     38  cmovs rcx, rax
;;     42  vxorps xmm0, xmm0, xmm0
;;     46  vcvtsi2ss xmm0, xmm0, rcx
;;     51  shr rdi, 0x3f
;;     55  shl edi, 0x17
;;     58  vmovd xmm1, edi
;;     62  vpaddd xmm0, xmm0, xmm1
;;     66  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2ss xmm0, edi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2ss xmm0, rdi
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2ss xmm0, rdi
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  shr rax, 0x1
;;     23  mov rcx, rdi
;;     26  and ecx, 0x1
;;     29  or rax, rcx
;;     32  test rdi, rdi
;;     35  mov rcx, rdi
;;     38  cmovs rcx, rax
;;     42  xorps xmm0, xmm0
;;     45  cvtsi2ss xmm0, rcx
;;     50  shr rdi, 0x3f
;;     54  shl edi, 0x17
;;     57  movd xmm1, edi
;;     61  paddd xmm0, xmm1
;;     65  ret
