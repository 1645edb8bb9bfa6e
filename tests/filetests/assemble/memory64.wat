;; Neither the end of an access nor the sum of an address and its offset may overflow.
(module (memory i64 1)
  (func (param i64) (result i32) (i32.load offset=4 (local.get 0)))
  (func (param i64 i32) (i32.store offset=0x1_0000_0000 (local.get 0) (local.get 1)))
  (func (param i64) (result i64) (drop (memory.grow (local.get 0))) (memory.size)))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0x8
;;     29  add rcx, rdi
;;     32  jb trap1
;;     38  cmp rcx, rax
;;     41  ja trap2
;;     47  mov rax, qword ptr [r14+0x48]
;;     51  mov rax, qword ptr [rax]
;;     54  mov eax, dword ptr [rax+rdi+0x4]
;;     58  ret
;;     59  trap MemoryOutOfBounds
;;     63  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x100000000
;;     26  add rax, rdi
;;     29  mov rcx, 0xffffffffffffffff
;;     36  cmp rax, rdi
;;     39  cmovb rax, rcx
;;     43  mov rcx, qword ptr [r14+0x48]
;;     47  mov rcx, qword ptr [rcx+0x10]
;;     51  mov edx, 0x4
;;     56  add rdx, rax
;;     59  jb trap1
;;     65  cmp rdx, rcx
;;     68  ja trap2
;;     74  mov rcx, qword ptr [r14+0x48]
;;     78  mov rcx, qword ptr [rcx]
;;     81  mov dword ptr [rcx+rax], esi
;;     84  ret
;;     85  trap MemoryOutOfBounds
;;     89  trap MemoryOutOfBounds
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov esi, 0x0
;;     35  lea rax, [r14]
;;     38  mov rdx, rdi
;;     41  mov rdi, rax
;;     44  mov r11, qword ptr [r14+0x38]
;;     48  call runtime memory.grow
;;     51  test edx, edx
;;     53  jne trap2
;;     59  mov rax, qword ptr [r14+0x48]
;;     63  mov rax, qword ptr [rax+0x10]
;;     67  shr rax, 0x10
;;     71  pop rbp
;;     72  ret
;;     73  trap StackOverflow
;;     77  trap pending
