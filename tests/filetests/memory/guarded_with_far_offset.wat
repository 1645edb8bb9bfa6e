;; Offsets beyond the guard are checked.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.load offset=0x2000000 (local.get 0)))
  (func (param i32) (result i32) (i32.load offset=0x80000000 (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 33554436
;;   v3 = memory.base 0
;;   v4 = i32.load offset 33554432 base v3 v0
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 2147483652
;;   v3 = memory.base 0
;;   v4 = i32.load offset 2147483648 base v3 v0
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x2000004]
;;     31  cmp rcx, rax
;;     34  ja trap1
;;     40  mov eax, dword ptr [r15+rdi+0x2000000]
;;     48  ret
;;     49  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0x80000004
;;     29  add rcx, rdi
;;     32  cmp rcx, rax
;;     35  ja trap1
;;     41  mov eax, 0x80000000
;;     46  add rax, rdi
;;     49  mov eax, dword ptr [r15+rax]
;;     53  ret
;;     54  trap MemoryOutOfBounds
