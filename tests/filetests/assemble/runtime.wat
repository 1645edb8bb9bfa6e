;; What the runtime does gets the context, the indices and the operands, and may leave an error.
(module (memory 1) (table 1 funcref)
  (func (param i32) (result i32) (memory.grow (local.get 0)))
  (func (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32) (drop (table.grow (ref.null func) (local.get 0)))))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
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
;;     59  pop rbp
;;     60  ret
;;     61  trap StackOverflow
;;     65  trap pending
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  call qword ptr [r14+0x28]
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov esi, 0x0
;;     35  mov edx, 0x0
;;     40  lea rax, [r14]
;;     43  mov rcx, rdi
;;     46  mov rdi, rax
;;     49  mov r11, qword ptr [r14+0x38]
;;     53  call runtime table.grow
;;     57  test edx, edx
;;     59  jne trap2
;;     65  pop rbp
;;     66  ret
;;     67  trap StackOverflow
;;     71  trap pending
