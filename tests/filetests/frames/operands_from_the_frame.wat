;; An instruction reads what is in the frame where it can.
;; engine: no_inlining
(module
  (func (param i32 i32 i64) (result i64) (call $f) (i64.add (local.get 2) (i64.extend_i32_u (i32.add (local.get 0) (local.get 1)))))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i64.argument 2
;;   call 1()
;;   v4 = i32.add v0 v1
;;   v5 = i64.extend_i32_u v4
;;   v6 = i64.add v2 v5
;;   return(v6)
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
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;;     38  mov qword ptr [rbp-0x10], r12
;;     42  mov qword ptr [rbp-0x18], r13
;; block 0:
;;     46  mov r13, rdi
;;     49  mov r12, rsi
;;     52  mov rbx, rdx
;;     55  call function 1
;;     60  lea eax, [r13+r12]
;;     65  add rax, rbx
;;     68  mov rbx, qword ptr [rbp-0x8]
;;     72  mov r12, qword ptr [rbp-0x10]
;;     76  mov r13, qword ptr [rbp-0x18]
;;     80  mov rsp, rbp
;;     83  pop rbp
;;     84  ret
;;     85  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
