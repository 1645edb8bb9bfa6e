;; The hot way pays for the frame, too.
;; engine: no_inlining
(module
  (func (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (call $f))) (i32.mul (local.get 0) (i32.const 3)))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   branch v0 b2 b1
;; b1:
;;   call 1()
;;   jump b2
;; b2:
;;   v3 = i32.const 3
;;   v4 = i32.mul v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b1
;;     24  imul eax, edi, 0x3
;;     27  ret
;; block 1:
;;     28  push rbp
;;     29  mov rbp, rsp
;;     32  sub rsp, 0x10
;;     36  cmp rsp, qword ptr [r14+0x8]
;;     40  jb trap3
;;     46  mov qword ptr [rbp-0x8], rbx
;;     50  mov rbx, rdi
;;     53  call function 1
;;     58  mov rdi, rbx
;; block 2:
;;     61  imul eax, edi, 0x3
;;     64  mov rbx, qword ptr [rbp-0x8]
;;     68  mov rsp, rbp
;;     71  pop rbp
;;     72  ret
;;     73  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
