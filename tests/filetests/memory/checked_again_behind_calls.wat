;; So they are behind calls.
;; engine: checked no_inlining
(module
  (memory 1)
  (func (param i32) (result i32) (drop (i32.load (local.get 0))) (call 1) (i32.load (local.get 0)))
  (func (drop (memory.grow (i32.const 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   call 1()
;;   v6 = memory.bytes 0
;;   check_bounds v0 v6 end 4
;;   v8 = memory.base 0
;;   v9 = i32.load base v8 v0
;;   return(v9)
;; function 1:
;; b0:
;;   v0 = i32.const 1
;;   v1 = i32.const 0
;;   v2 = memory.grow(v1, v0)
;;   return
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
;; block 0:
;;     38  mov rax, qword ptr [r14+0x48]
;;     42  mov rax, qword ptr [rax+0x10]
;;     46  lea rcx, [rdi+0x4]
;;     50  cmp rcx, rax
;;     53  ja trap2
;;     59  mov rax, qword ptr [r14+0x48]
;;     63  mov rax, qword ptr [rax]
;;     66  mov eax, dword ptr [rax+rdi]
;;     69  mov rbx, rdi
;;     72  call function 1
;;     77  mov rax, qword ptr [r14+0x48]
;;     81  mov rax, qword ptr [rax+0x10]
;;     85  lea rcx, [rbx+0x4]
;;     89  cmp rcx, rax
;;     92  ja trap3
;;     98  mov rax, qword ptr [r14+0x48]
;;    102  mov rax, qword ptr [rax]
;;    105  mov eax, dword ptr [rax+rbx]
;;    108  mov rbx, qword ptr [rbp-0x8]
;;    112  mov rsp, rbp
;;    115  pop rbp
;;    116  ret
;;    117  trap StackOverflow
;;    121  trap MemoryOutOfBounds
;;    125  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov esi, 0x0
;;     35  mov edx, 0x1
;;     40  lea rdi, [r14]
;;     43  mov r11, qword ptr [r14+0x38]
;;     47  call runtime memory.grow
;;     50  test edx, edx
;;     52  jne trap2
;;     58  pop rbp
;;     59  ret
;;     60  trap StackOverflow
;;     64  trap pending
