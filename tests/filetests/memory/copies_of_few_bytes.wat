;; All loads, then all stores, the last bytes first.
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
;;   v3 = memory.base 0
;;   v4 = i32.load8_u base v3 v1
;;   i32.store8 base v3 v0 v4
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 7
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v1
;;   v5 = i32.load offset 3 base v3 v1
;;   i32.store offset 3 base v3 v0 v5
;;   i32.store base v3 v0 v4
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 40
;;   v3 = memory.base 0
;;   v4 = v128.load base v3 v1
;;   v5 = v128.load offset 16 base v3 v1
;;   v6 = v128.load offset 24 base v3 v1
;;   v128.store offset 24 base v3 v0 v6
;;   v128.store offset 16 base v3 v0 v5
;;   v128.store base v3 v0 v4
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
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movzx eax, byte ptr [r15+rsi]
;;     21  mov byte ptr [r15+rdi], al
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rsi]
;;     20  mov ecx, dword ptr [r15+rsi+0x3]
;;     25  mov dword ptr [r15+rdi+0x3], ecx
;;     30  mov dword ptr [r15+rdi], eax
;;     34  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovups xmm0, xmmword ptr [r15+rsi]
;;     22  vmovups xmm1, xmmword ptr [r15+rsi+0x10]
;;     29  vmovups xmm2, xmmword ptr [r15+rsi+0x18]
;;     36  vmovups xmmword ptr [r15+rdi+0x18], xmm2
;;     43  vmovups xmmword ptr [r15+rdi+0x10], xmm1
;;     50  vmovups xmmword ptr [r15+rdi], xmm0
;;     56  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov edx, 0x41
;;     21  call qword ptr [r14+0x28]
;;     25  ret
