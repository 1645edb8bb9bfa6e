;; A constant across a call is not kept.
;; engine: no_inlining
(module
  (func (param i64) (result i64) (local $c i64) (local.set $c (i64.const 0x123456789A)) (call $f) (i64.add (i64.xor (local.get 0) (local.get $c)) (local.get $c)))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 0
;;   v2 = i64.const 78187493530
;;   call 1()
;;   v4 = i64.xor v0 v2
;;   v5 = i64.add v4 v2
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
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov rbx, rdi
;;     41  call function 1
;;     46  mov rax, 0x123456789a
;;     56  xor rbx, rax
;;     59  mov rax, 0x123456789a
;;     69  add rax, rbx
;;     72  mov rbx, qword ptr [rbp-0x8]
;;     76  mov rsp, rbp
;;     79  pop rbp
;;     80  ret
;;     81  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
