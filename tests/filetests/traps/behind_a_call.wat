;; A trap behind a call has a frame to leave.
;; engine: no_inlining
(module
  (func (param i32) (result i32) (call 1) (i32.div_u (i32.const 7) (local.get 0)))
  (func))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   call 1()
;;   v2 = i32.const 7
;;   v3 = i32.div_u v2 v0
;;   return(v3)
;; function 1:
;; b0:
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
;;     38  mov rbx, rdi
;;     41  call function 1
;;     46  mov eax, 0x7
;;     51  test ebx, ebx
;;     53  je trap2
;;     59  mov edx, 0x0
;;     64  div ebx
;;     66  mov rbx, qword ptr [rbp-0x8]
;;     70  mov rsp, rbp
;;     73  pop rbp
;;     74  ret
;;     75  trap StackOverflow
;;     79  trap IntegerDivisionByZero
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
