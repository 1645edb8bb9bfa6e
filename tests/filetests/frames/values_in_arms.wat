;; Only the arm that needs a value loads it.
;; engine: no_inlining
(module
  (func (param i32 i32 i32) (result i32) (call $f) (if (result i32) (local.get 0) (then (local.get 1)) (else (local.get 2))))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   call 1()
;;   branch v0 b1 b2
;; b1:
;;   jump b3(v1)
;; b2:
;;   jump b3(v2)
;; b3(v4: i32):
;;   return(v4)
;; function 1:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap4
;;     34  mov qword ptr [rbp-0x8], rbx
;;     38  mov qword ptr [rbp-0x10], r12
;;     42  mov qword ptr [rbp-0x18], r13
;; block 0:
;;     46  mov r13, rdi
;;     49  mov r12, rsi
;;     52  mov rbx, rdx
;;     55  call function 1
;;     60  test r13d, r13d
;;     63  jne b3
;; block 2:
;;     65  mov r12, rbx
;; block 3:
;;     68  mov rax, r12
;;     71  mov rbx, qword ptr [rbp-0x8]
;;     75  mov r12, qword ptr [rbp-0x10]
;;     79  mov r13, qword ptr [rbp-0x18]
;;     83  mov rsp, rbp
;;     86  pop rbp
;;     87  ret
;;     88  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
