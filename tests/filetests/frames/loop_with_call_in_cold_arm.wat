;; What a loop needs stays in registers where it does not call.
;; engine: no_inlining
(module
  (func (param i32 i32) (result i32) (local $s i32) (loop (local.set $s (i32.add (local.get $s) (local.get 1))) (if (i32.eq (local.get $s) (i32.const 77)) (then (call $f))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get $s))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   jump b1(v2, v0)
;; b1(v3: i32, v4: i32): loop to b5
;;   v5 = i32.add v1 v3
;;   v6 = i32.const 77
;;   v7 = i32.eq v5 v6
;;   branch v7 b2 b3
;; b2:
;;   call 1()
;;   jump b3
;; b3:
;;   v9 = i32.const 1
;;   v10 = i32.const -1
;;   v11 = i32.add v4 v10
;;   branch v11 b1(v5, v11) b4
;; b4:
;;   jump b5
;; b5:
;;   return(v5)
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
;;     28  jb trap6
;;     34  mov qword ptr [rbp-0x8], rbx
;;     38  mov qword ptr [rbp-0x10], r12
;;     42  mov qword ptr [rbp-0x18], r13
;; block 0:
;;     46  mov eax, 0x0
;;     51  mov r12, rdi
;;     54  mov rbx, rsi
;;     57  nop
;; block 1:
;;     64  lea r13d, [rbx+rax]
;;     68  cmp r13d, 0x4d
;;     72  jne b3
;; block 2:
;;     74  call function 1
;; block 3:
;;     79  add r12d, -0x1
;;     83  mov rax, r13
;;     86  jne b1
;; block 5:
;;     88  mov rax, r13
;;     91  mov rbx, qword ptr [rbp-0x8]
;;     95  mov r12, qword ptr [rbp-0x10]
;;     99  mov r13, qword ptr [rbp-0x18]
;;    103  mov rsp, rbp
;;    106  pop rbp
;;    107  ret
;;    108  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
