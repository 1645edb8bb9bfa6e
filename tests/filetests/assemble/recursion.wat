(module (func $fib (param i32) (result i32)
  (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
    (then (local.get 0))
    (else (i32.add
      (call $fib (i32.sub (local.get 0) (i32.const 1)))
      (call $fib (i32.sub (local.get 0) (i32.const 2))))))))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x2
;;     19  jae b2
;; block 1:
;;     21  mov rax, rdi
;;     24  ret
;; block 2:
;;     25  push rbp
;;     26  mov rbp, rsp
;;     29  sub rsp, 0x10
;;     33  cmp rsp, qword ptr [r14+0x8]
;;     37  jb trap4
;;     43  mov qword ptr [rbp-0x8], rbx
;;     47  lea eax, [rdi-0x1]
;;     50  mov rbx, rdi
;;     53  mov rdi, rax
;;     56  call function 0
;;     61  lea edi, [rbx-0x2]
;;     64  mov rbx, rax
;;     67  call function 0
;;     72  add eax, ebx
;;     74  mov rdi, rax
;; block 3:
;;     77  mov rax, rdi
;;     80  mov rbx, qword ptr [rbp-0x8]
;;     84  mov rsp, rbp
;;     87  pop rbp
;;     88  ret
;;     89  trap StackOverflow
