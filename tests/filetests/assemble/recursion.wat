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
;;     25  mov rax, rdi
;;     28  ret
;; block 2:
;;     29  push rbp
;;     30  mov rbp, rsp
;;     33  sub rsp, 0x10
;;     37  cmp rsp, qword ptr [r14+0x8]
;;     41  jb trap4
;;     47  mov qword ptr [rbp-0x8], rbx
;;     51  lea eax, [rdi-0x1]
;;     54  mov rbx, rdi
;;     57  mov rdi, rax
;;     60  call function 0
;;     65  lea edi, [rbx-0x2]
;;     68  mov rbx, rax
;;     71  call function 0
;;     76  add eax, ebx
;;     78  mov rdi, rax
;; block 3:
;;     81  mov rax, rdi
;;     84  mov rbx, qword ptr [rbp-0x8]
;;     88  mov rsp, rbp
;;     91  pop rbp
;;     92  ret
;;     93  trap StackOverflow
