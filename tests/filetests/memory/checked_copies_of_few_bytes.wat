;; Both ranges are checked before anything is stored.
;; engine: checked
(module
  (memory 1)
  (func (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 1)))
  (func (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 7)))
  (func (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 40)))
  (func (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 65))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 1
;;   v3 = memory.bytes 0
;;   check_bounds v1 v3 end 1
;;   v5 = memory.base 0
;;   check_bounds v0 v3 end 1
;;   v7 = i32.load8_u base v5 v1
;;   i32.store8 base v5 v0 v7
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 7
;;   v3 = memory.bytes 0
;;   check_bounds v1 v3 end 7
;;   v5 = memory.base 0
;;   check_bounds v0 v3 end 7
;;   v7 = i32.load base v5 v1
;;   v8 = i32.load offset 3 base v5 v1
;;   i32.store offset 3 base v5 v0 v8
;;   i32.store base v5 v0 v7
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 40
;;   v3 = memory.bytes 0
;;   check_bounds v1 v3 end 40
;;   v5 = memory.base 0
;;   check_bounds v0 v3 end 40
;;   v7 = v128.load base v5 v1
;;   v8 = v128.load offset 16 base v5 v1
;;   v9 = v128.load offset 24 base v5 v1
;;   v128.store offset 24 base v5 v0 v9
;;   v128.store offset 16 base v5 v0 v8
;;   v128.store base v5 v0 v7
;;   return
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 65
;;   copy_bytes v0 v1 v2
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rsi+0x1]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rcx, qword ptr [r14+0x48]
;;     41  mov rcx, qword ptr [rcx]
;;     44  lea rdx, [rdi+0x1]
;;     48  cmp rdx, rax
;;     51  ja trap2
;;     57  movzx eax, byte ptr [rcx+rsi]
;;     61  mov byte ptr [rcx+rdi], al
;;     64  ret
;;     65  trap MemoryOutOfBounds
;;     69  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rsi+0x7]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rcx, qword ptr [r14+0x48]
;;     41  mov rcx, qword ptr [rcx]
;;     44  lea rdx, [rdi+0x7]
;;     48  cmp rdx, rax
;;     51  ja trap2
;;     57  mov eax, dword ptr [rcx+rsi]
;;     60  mov edx, dword ptr [rcx+rsi+0x3]
;;     64  mov dword ptr [rcx+rdi+0x3], edx
;;     68  mov dword ptr [rcx+rdi], eax
;;     71  ret
;;     72  trap MemoryOutOfBounds
;;     76  trap MemoryOutOfBounds
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rsi+0x28]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rcx, qword ptr [r14+0x48]
;;     41  mov rcx, qword ptr [rcx]
;;     44  lea rdx, [rdi+0x28]
;;     48  cmp rdx, rax
;;     51  ja trap2
;;     57  vmovups xmm0, xmmword ptr [rcx+rsi]
;;     62  vmovups xmm1, xmmword ptr [rcx+rsi+0x10]
;;     68  vmovups xmm2, xmmword ptr [rcx+rsi+0x18]
;;     74  vmovups xmmword ptr [rcx+rdi+0x18], xmm2
;;     80  vmovups xmmword ptr [rcx+rdi+0x10], xmm1
;;     86  vmovups xmmword ptr [rcx+rdi], xmm0
;;     91  ret
;;     92  trap MemoryOutOfBounds
;;     96  trap MemoryOutOfBounds
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov edx, 0x41
;;     21  call qword ptr [r14+0x28]
;;     25  ret
