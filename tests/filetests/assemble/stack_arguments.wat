;; The ninth integer is on the stack, and the callee takes it away.
(module (func $f (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) (local.get 8))
  (func (result i32) (call $f (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6)
    (i32.const 7) (i32.const 8) (i32.const 9))))
;; expect
;; function 0:
;;      0  push rbp
;;      1  mov rbp, rsp
;; block 0:
;;      4  mov rax, qword ptr [rbp+0x10]
;;      8  pop rbp
;;      9  ret 0x8
;; function 1:
;;      0  push rbp
;;      1  mov rbp, rsp
;;      4  sub rsp, 0x20
;;      8  cmp rsp, qword ptr [r14]
;;     11  jb trap1
;;     17  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     21  mov edi, 0x1
;;     26  mov esi, 0x2
;;     31  mov edx, 0x3
;;     36  mov ecx, 0x4
;;     41  mov r8d, 0x5
;;     47  mov r9d, 0x6
;;     53  mov eax, 0x7
;;     58  mov r10d, 0x8
;;     64  mov ebx, 0x9
;;     69  mov qword ptr [rsp], rbx
;;     73  call function 0
;;     78  sub rsp, 0x8
;;     82  mov rbx, qword ptr [rbp-0x8]
;;     86  mov rsp, rbp
;;     89  pop rbp
;;     90  ret
;;     91  trap StackOverflow
