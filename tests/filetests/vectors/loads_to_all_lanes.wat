;; A value in all lanes.
;; processors: full without-avx2 without-avx
(module
  (memory 1)
  (func (param i32) (result v128) (v128.load8_splat (local.get 0)))
  (func (param i32) (result v128) (v128.load16_splat (local.get 0)))
  (func (param i32) (result v128) (v128.load32_splat (local.get 0)))
  (func (param i32) (result v128) (v128.load64_splat (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load8_splat base v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load16_splat base v1 v0
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load32_splat base v1 v0
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load64_splat base v1 v0
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpbroadcastb xmm0, byte ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpbroadcastw xmm0, word ptr [r15+rdi]
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vbroadcastss xmm0, dword ptr [r15+rdi]
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovddup xmm0, qword ptr [r15+rdi]
;;     22  ret
;; == assemble, without-avx2
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vpinsrb xmm0, xmm0, byte ptr [r15+rdi], 0x0
;;     27  vxorps xmm1, xmm1, xmm1
;;     31  vpshufb xmm0, xmm0, xmm1
;;     36  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vpinsrw xmm0, xmm0, word ptr [r15+rdi], 0x0
;;     27  vpshuflw xmm0, xmm0, 0x0
;;     32  vpshufd xmm0, xmm0, 0x0
;;     37  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vbroadcastss xmm0, dword ptr [r15+rdi]
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovddup xmm0, qword ptr [r15+rdi]
;;     22  ret
;; == assemble, without-avx
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  pinsrb xmm0, byte ptr [r15+rdi], 0x0
;;     27  xorps xmm1, xmm1
;;     30  pshufb xmm0, xmm1
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  pinsrw xmm0, word ptr [r15+rdi], 0x0
;;     26  pshuflw xmm0, xmm0, 0x0
;;     31  pshufd xmm0, xmm0, 0x0
;;     36  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movss xmm0, dword ptr [r15+rdi]
;;     22  pshufd xmm0, xmm0, 0x0
;;     27  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movddup xmm0, qword ptr [r15+rdi]
;;     22  ret
