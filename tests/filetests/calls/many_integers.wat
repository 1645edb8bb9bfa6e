;; What has no register is on the stack.
;; engine: no_inlining
(module
  (func (call $f (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9) (i32.const 10)))
  (func $f (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 1
;;   v1 = i32.const 2
;;   v2 = i32.const 3
;;   v3 = i32.const 4
;;   v4 = i32.const 5
;;   v5 = i32.const 6
;;   v6 = i32.const 7
;;   v7 = i32.const 8
;;   v8 = i32.const 9
;;   v9 = i32.const 10
;;   call 1(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9)
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.argument 3
;;   v4 = i32.argument 4
;;   v5 = i32.argument 5
;;   v6 = i32.argument 6
;;   v7 = i32.argument 7
;;   v8 = i32.argument 8
;;   v9 = i32.argument 9
;;   return
;; == assemble
;; function 0:
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
;;     90  mov ebx, 0xa
;;     95  mov qword ptr [rsp+0x8], rbx
;;    100  call function 1
;;    105  sub rsp, 0x10
;;    109  mov rbx, qword ptr [rbp-0x8]
;;    113  mov rsp, rbp
;;    116  pop rbp
;;    117  ret
;;    118  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret 0x10
