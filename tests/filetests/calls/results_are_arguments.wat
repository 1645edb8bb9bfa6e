;; What a call gives is handed on.
;; engine: no_inlining
(module
  (func (param i32) (result i32) (call $f (call $f (call $f (local.get 0)))))
  (func $f (param i32) (result i32) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = call 1(v0)
;;   v2 = call 1(v1)
;;   v3 = call 1(v2)
;;   return(v3)
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
;;     30  call function 1
;;     35  mov rdi, rax
;;     38  call function 1
;;     43  mov rdi, rax
;;     46  call function 1
;;     51  pop rbp
;;     52  ret
;;     53  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
