;; Callees may use the register of the base of a memory, so it is saved although nothing of this module is there.
(module (import "m" "f" (func $f))
  (func (call $f)))
;; expect
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], r14
;;     38  mov qword ptr [rbp-0x10], r15
;; block 0:
;;     42  mov rax, qword ptr [r14+0x50]
;;     46  mov rax, qword ptr [rax]
;;     49  mov r11, rax
;;     52  call qword ptr [r11+0x18]
;;     56  mov r14, qword ptr [rbp-0x8]
;;     60  mov r15, qword ptr [rbp-0x10]
;;     64  mov rsp, rbp
;;     67  pop rbp
;;     68  ret
;;     69  trap StackOverflow
