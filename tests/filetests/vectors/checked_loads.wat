;; A lane is checked by its own width.
;; engine: checked
;; processors: full baseline
(module
  (memory 1)
  (func (param i32 v128) (result v128) (v128.load16_lane 0 (local.get 0) (local.get 1)))
  (func (param i32) (result v128) (v128.load8x8_u (local.get 0)))
  (func (param i32) (result v128) (v128.load32_splat (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.bytes 0
;;   check_bounds v0 v2 end 2
;;   v4 = memory.base 0
;;   v5 = v128.load16_lane base v4 lane 0 v0 v1
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 8
;;   v3 = memory.base 0
;;   v4 = v128.load8x8_u base v3 v0
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4
;;   v3 = memory.base 0
;;   v4 = v128.load32_splat base v3 v0
;;   return(v4)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x2]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  vpinsrw xmm0, xmm0, word ptr [rax+rdi], 0x0
;;     50  ret
;;     51  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x8]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  vpmovzxbw xmm0, qword ptr [rax+rdi]
;;     50  ret
;;     51  trap MemoryOutOfBounds
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x4]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  vbroadcastss xmm0, dword ptr [rax+rdi]
;;     50  ret
;;     51  trap MemoryOutOfBounds
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x2]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  pinsrw xmm0, word ptr [rax+rdi], 0x0
;;     50  ret
;;     51  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x8]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  pmovzxbw xmm0, qword ptr [rax+rdi]
;;     50  ret
;;     51  trap MemoryOutOfBounds
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x4]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  movss xmm0, dword ptr [rax+rdi]
;;     49  pshufd xmm0, xmm0, 0x0
;;     54  ret
;;     55  trap MemoryOutOfBounds
