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
;;     20  imul eax, edi, 0x3
;;     23  ret
;; block 1:
;;     24  push rbp
;;     25  mov rbp, rsp
;;     28  sub rsp, 0x10
;;     32  cmp rsp, qword ptr [r14+0x8]
;;     36  jb trap3
;;     42  mov qword ptr [rbp-0x8], rbx
;;     46  mov rbx, rdi
;;     49  call function 1
;;     54  mov rdi, rbx
;; block 2:
;;     57  imul eax, edi, 0x3
;;     60  mov rbx, qword ptr [rbp-0x8]
;;     64  mov rsp, rbp
;;     67  pop rbp
;;     68  ret
;;     69  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
