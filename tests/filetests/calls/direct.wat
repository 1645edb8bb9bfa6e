;; The callee is known: a relative call.
;; engine: no_inlining
(module
  (func (result i32) (call $f (i32.const 3)))
  (func $f (param i32) (result i32) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 3
;;   v1 = call 1(v0)
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov edi, 0x3
;;     35  call function 1
;;     40  pop rbp
;;     41  ret
;;     42  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
