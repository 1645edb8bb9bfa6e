;; Each has its own size and base.
;; engine: checked
(module
  (memory $a 1) (memory $b 1)
  (func (param i32 i32) (i32.store $b (local.get 0) (i32.load $a (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.bytes 0
;;   check_bounds v1 v2 end 4
;;   v4 = memory.base 0
;;   v5 = i32.load base v4 v1
;;   v6 = memory.bytes 1
;;   check_bounds v0 v6 end 4
;;   v8 = memory.base 1
;;   i32.store memory 1 base v8 v0 v5
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rsi+0x4]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  mov eax, dword ptr [rax+rsi]
;;     47  mov rcx, qword ptr [r14+0x58]
;;     51  mov rcx, qword ptr [rcx+0x8]
;;     55  mov rcx, qword ptr [rcx+0x10]
;;     59  lea rdx, [rdi+0x4]
;;     63  cmp rdx, rcx
;;     66  ja trap2
;;     72  mov rcx, qword ptr [r14+0x58]
;;     76  mov rcx, qword ptr [rcx+0x8]
;;     80  mov rcx, qword ptr [rcx]
;;     83  mov dword ptr [rcx+rdi], eax
;;     86  ret
;;     87  trap MemoryOutOfBounds
;;     91  trap MemoryOutOfBounds
