;; The ninth integer is on the stack, and the callee takes it away.
;; engine: no_inlining
(module (func $f (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) (local.get 8))
  (func (result i32) (call $f (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6)
    (i32.const 7) (i32.const 8) (i32.const 9))))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;; block 0:
;;     20  mov rax, qword ptr [rbp+0x10]
;;     24  pop rbp
;;     25  ret 0x10
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov edi, 0x1
;;     43  mov esi, 0x2
;;     48  mov edx, 0x3
;;     53  mov ecx, 0x4
;;     58  mov r8d, 0x5
;;     64  mov r9d, 0x6
;;     70  mov eax, 0x7
;;     75  mov r10d, 0x8
;;     81  mov ebx, 0x9
;;     86  mov qword ptr [rsp], rbx
;;     90  call function 0
;;     95  sub rsp, 0x10
;;     99  mov rbx, qword ptr [rbp-0x8]
;;    103  mov rsp, rbp
;;    106  pop rbp
;;    107  ret
;;    108  trap StackOverflow
