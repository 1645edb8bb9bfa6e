(module (func $fib (param i32) (result i32)
  (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
    (then (local.get 0))
    (else (i32.add
      (call $fib (i32.sub (local.get 0) (i32.const 1)))
      (call $fib (i32.sub (local.get 0) (i32.const 2))))))))
;; expect
;; function 0:
;;      0  push rbp
;;      1  mov rbp, rsp
;;      4  sub rsp, 0x10
;;      8  cmp rsp, qword ptr [r14]
;;     11  jb trap4
;;     17  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     21  cmp edi, 0x2
;;     24  jb b3
;; block 2:
;;     30  lea eax, [rdi-0x1]
;;     33  mov rbx, rdi
;;     36  mov rdi, rax
;;     39  call function 0
;;     44  lea edi, [rbx-0x2]
;;     47  mov rbx, rax
;;     50  call function 0
;;     55  add eax, ebx
;;     57  mov rdi, rax
;; block 3:
;;     60  mov rax, rdi
;;     63  mov rbx, qword ptr [rbp-0x8]
;;     67  mov rsp, rbp
;;     70  pop rbp
;;     71  ret
;;     72  trap StackOverflow
