;; Nothing is moved.
;; engine: no_inlining
(module
  (func (call $f))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   call 1()
;;   return
;; function 1:
;; b0:
;;   return
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
;;     35  pop rbp
;;     36  ret
;;     37  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
