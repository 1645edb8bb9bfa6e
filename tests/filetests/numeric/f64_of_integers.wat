;; Unsigned integers are signed ones of more bits, or are halved.
;; processors: full baseline
(module
  (func (param i32) (result f64) (f64.convert_i32_s (local.get 0)))
  (func (param i32) (result f64) (f64.convert_i32_u (local.get 0)))
  (func (param i64) (result f64) (f64.convert_i64_s (local.get 0)))
  (func (param i64) (result f64) (f64.convert_i64_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.convert_i32_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.convert_i32_u v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = f64.convert_i64_s v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = f64.convert_i64_u v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2sd xmm0, xmm0, edi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2sd xmm0, xmm0, rdi
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2sd xmm0, xmm0, rdi
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovq xmm0, rdi
;;     21  vpunpckldq xmm0, xmm0, xmmword ptr [rip]
;;     29  vsubpd xmm0, xmm0, xmmword ptr [rip]
;;     37  vpshufd xmm1, xmm0, 0xee
;;     42  vaddsd xmm0, xmm1, xmm0
;;     46  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2sd xmm0, edi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2sd xmm0, rdi
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2sd xmm0, rdi
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movq xmm0, rdi
;;     21  punpckldq xmm0, xmmword ptr [rip]
;;     29  subpd xmm0, xmmword ptr [rip]
;;     37  pshufd xmm1, xmm0, 0xee
;;     42  addsd xmm1, xmm0
;;     46  movaps xmm0, xmm1
;;     49  ret
