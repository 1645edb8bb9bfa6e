;; The same check is not made again.
;; engine: checked
(module
  (memory 1)
  (func (param i32) (result i32) (i32.add (i32.load (local.get 0)) (i32.load8_u (local.get 0))))
  (func (param i32) (result i32) (i32.add (i32.load (local.get 0)) (i32.load (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   check_bounds v0 v1 end 1
;;   v6 = i32.load8_u base v3 v0
;;   v7 = i32.add v4 v6
;;   return(v7)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   v5 = i32.add v4 v4
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x4]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rcx, qword ptr [r14+0x48]
;;     41  mov rcx, qword ptr [rcx]
;;     44  mov edx, dword ptr [rcx+rdi]
;;     47  lea rsi, [rdi+0x1]
;;     51  cmp rsi, rax
;;     54  ja trap2
;;     60  movzx eax, byte ptr [rcx+rdi]
;;     64  add eax, edx
;;     66  ret
;;     67  trap MemoryOutOfBounds
;;     71  trap MemoryOutOfBounds
;; function 1:
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
;;     44  mov eax, dword ptr [rax+rdi]
;;     47  add eax, eax
;;     49  ret
;;     50  trap MemoryOutOfBounds
