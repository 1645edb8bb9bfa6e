;; Size and base are read again behind what can change them.
;; engine: checked
(module
  (memory 1)
  (func (param i32) (result i32) (i32.add (i32.load (local.get 0)) (i32.add (memory.grow (i32.const 1)) (i32.load (local.get 0))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   v5 = i32.const 1
;;   v6 = i32.const 0
;;   v7 = memory.grow(v6, v5)
;;   v8 = memory.bytes 0
;;   check_bounds v0 v8 end 4
;;   v10 = memory.base 0
;;   v11 = i32.load base v10 v0
;;   v12 = i32.add v7 v11
;;   v13 = i32.add v4 v12
;;   return(v13)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;;     38  mov qword ptr [rbp-0x10], r12
;; block 0:
;;     42  mov rax, qword ptr [r14+0x48]
;;     46  mov rax, qword ptr [rax+0x10]
;;     50  lea rcx, [rdi+0x4]
;;     54  cmp rcx, rax
;;     57  ja trap2
;;     63  mov rax, qword ptr [r14+0x48]
;;     67  mov rax, qword ptr [rax]
;;     70  mov ebx, dword ptr [rax+rdi]
;;     73  mov esi, 0x0
;;     78  mov edx, 0x1
;;     83  lea rax, [r14]
;;     86  mov r12, rdi
;;     89  mov rdi, rax
;;     92  mov r11, qword ptr [r14+0x38]
;;     96  call runtime memory.grow
;;     99  test edx, edx
;;    101  jne trap3
;;    107  mov rcx, qword ptr [r14+0x48]
;;    111  mov rcx, qword ptr [rcx+0x10]
;;    115  lea rdx, [r12+0x4]
;;    120  cmp rdx, rcx
;;    123  ja trap4
;;    129  mov rcx, qword ptr [r14+0x48]
;;    133  mov rcx, qword ptr [rcx]
;;    136  add eax, dword ptr [rcx+r12]
;;    140  add eax, ebx
;;    142  mov rbx, qword ptr [rbp-0x8]
;;    146  mov r12, qword ptr [rbp-0x10]
;;    150  mov rsp, rbp
;;    153  pop rbp
;;    154  ret
;;    155  trap StackOverflow
;;    159  trap MemoryOutOfBounds
;;    163  trap pending
;;    167  trap MemoryOutOfBounds
