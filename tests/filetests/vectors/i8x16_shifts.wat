;; Shifts of lanes by a count in a register.
;; processors: full baseline
(module
  (func (param v128 i32) (result v128) (i8x16.shl (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i8x16.shr_s (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i8x16.shr_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i8x16.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i8x16.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i8x16.shr_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  vmovd xmm1, edi
;;     23  vpsllw xmm0, xmm0, xmm1
;;     27  vmovaps xmm2, xmmword ptr [rip]
;;     35  vpsllw xmm1, xmm2, xmm1
;;     39  vxorps xmm2, xmm2, xmm2
;;     43  vpshufb xmm1, xmm1, xmm2
;;     48  vpand xmm0, xmm0, xmm1
;;     52  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  lea eax, [rdi+0x8]
;;     22  vmovd xmm1, eax
;;     26  vpunpcklbw xmm2, xmm0, xmm0
;;     30  vpunpckhbw xmm0, xmm0, xmm0
;;     34  vpsraw xmm2, xmm2, xmm1
;;     38  vpsraw xmm0, xmm0, xmm1
;;     42  vpacksswb xmm0, xmm2, xmm0
;;     46  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  vmovd xmm1, edi
;;     23  vpsrlw xmm0, xmm0, xmm1
;;     27  vmovaps xmm2, xmmword ptr [rip]
;;     35  vpsrlw xmm1, xmm2, xmm1
;;     39  vxorps xmm2, xmm2, xmm2
;;     43  vpshufb xmm1, xmm1, xmm2
;;     48  vpand xmm0, xmm0, xmm1
;;     52  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  movd xmm1, edi
;;     23  psllw xmm0, xmm1
;;     27  movaps xmm2, xmmword ptr [rip]
;;     34  psllw xmm2, xmm1
;;     38  xorps xmm1, xmm1
;;     41  pshufb xmm2, xmm1
;;     46  pand xmm0, xmm2
;;     50  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  lea eax, [rdi+0x8]
;;     22  movd xmm1, eax
;;     26  movaps xmm2, xmm0
;;     29  punpcklbw xmm2, xmm0
;;     33  punpckhbw xmm0, xmm0
;;     37  psraw xmm2, xmm1
;;     41  psraw xmm0, xmm1
;;     45  packsswb xmm2, xmm0
;;     49  movaps xmm0, xmm2
;;     52  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  movd xmm1, edi
;;     23  psrlw xmm0, xmm1
;;     27  movaps xmm2, xmmword ptr [rip]
;;     34  psrlw xmm2, xmm1
;;     38  xorps xmm1, xmm1
;;     41  pshufb xmm2, xmm1
;;     46  pand xmm0, xmm2
;;     50  ret
