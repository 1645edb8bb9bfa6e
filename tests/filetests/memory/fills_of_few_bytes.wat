;; The last bytes first.
(module
  (memory 1)
  (func (param i32 i32) (memory.fill (local.get 0) (local.get 1) (i32.const 3)))
  (func (param i32 i32) (memory.fill (local.get 0) (local.get 1) (i32.const 11)))
  (func (param i32) (memory.fill (local.get 0) (i32.const 0) (i32.const 12)))
  (func (param i32 i32) (memory.fill (local.get 0) (local.get 1) (i32.const 33)))
  (func (param i32) (memory.fill (local.get 0) (i32.const 257) (i32.const 16))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 3
;;   v3 = memory.base 0
;;   v4 = i32.const 255
;;   v5 = i32.and v1 v4
;;   v6 = i32.const 16843009
;;   v7 = i32.mul v5 v6
;;   i32.store16 offset 1 base v3 v0 v7
;;   i32.store16 base v3 v0 v7
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 11
;;   v3 = memory.base 0
;;   v4 = i32.const 255
;;   v5 = i32.and v1 v4
;;   v6 = i64.extend_i32_u v5
;;   v7 = i64.const 72340172838076673
;;   v8 = i64.mul v6 v7
;;   i64.store offset 3 base v3 v0 v8
;;   i64.store base v3 v0 v8
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.const 12
;;   v3 = memory.base 0
;;   v4 = i64.const 0
;;   i64.store offset 4 base v3 v0 v4
;;   i64.store base v3 v0 v4
;;   return
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 33
;;   v3 = memory.base 0
;;   v4 = i8x16.splat v1
;;   v128.store offset 17 base v3 v0 v4
;;   v128.store offset 16 base v3 v0 v4
;;   v128.store base v3 v0 v4
;;   return
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 257
;;   v2 = i32.const 16
;;   v3 = memory.base 0
;;   v4 = v128.const 0x01010101010101010101010101010101
;;   v128.store base v3 v0 v4
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  and esi, 0xff
;;     22  imul eax, esi, 0x1010101
;;     28  mov word ptr [r15+rdi+0x1], ax
;;     34  mov word ptr [r15+rdi], ax
;;     39  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  and esi, 0xff
;;     22  mov rax, 0x101010101010101
;;     32  imul rsi, rax
;;     36  mov qword ptr [r15+rdi+0x3], rsi
;;     41  mov qword ptr [r15+rdi], rsi
;;     45  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov qword ptr [r15+rdi+0x4], 0x0
;;     25  mov qword ptr [r15+rdi], 0x0
;;     33  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovd xmm0, esi
;;     20  vpbroadcastb xmm0, xmm0
;;     25  vmovups xmmword ptr [r15+rdi+0x11], xmm0
;;     32  vmovups xmmword ptr [r15+rdi+0x10], xmm0
;;     39  vmovups xmmword ptr [r15+rdi], xmm0
;;     45  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovaps xmm0, xmmword ptr [rip]
;;     24  vmovups xmmword ptr [r15+rdi], xmm0
;;     30  ret
