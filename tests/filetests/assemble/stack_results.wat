;; The fifth integer and what is behind it are on the stack, behind the arguments that are there.
;; engine: no_inlining
(module
  (func $f (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64 i64 i64 i64 i64 i64)
    (local.get 8) (local.get 7) (local.get 6) (local.get 5) (local.get 4) (local.get 3))
  (func (result i64) (local i64)
    (call $f (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8))
    (local.set 0) drop drop drop drop drop (local.get 0)))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;; block 0:
;;     20  mov rdx, qword ptr [rbp+0x10]
;;     24  mov qword ptr [rbp+0x20], r8
;;     28  mov qword ptr [rbp+0x28], rcx
;;     32  mov rsi, r9
;;     35  mov rcx, rax
;;     38  mov rax, rdx
;;     41  mov rdx, r10
;;     44  pop rbp
;;     45  ret 0x10
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x30
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov edi, 0x0
;;     43  mov esi, 0x1
;;     48  mov edx, 0x2
;;     53  mov ecx, 0x3
;;     58  mov r8d, 0x4
;;     64  mov r9d, 0x5
;;     70  mov eax, 0x6
;;     75  mov r10d, 0x7
;;     81  mov ebx, 0x8
;;     86  mov qword ptr [rsp], rbx
;;     90  call function 0
;;     95  sub rsp, 0x10
;;     99  mov rax, qword ptr [rsp+0x18]
;;    104  mov rbx, qword ptr [rbp-0x8]
;;    108  mov rsp, rbp
;;    111  pop rbp
;;    112  ret
;;    113  trap StackOverflow
