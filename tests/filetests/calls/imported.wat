;; A function of the host or of another instance, by its record.
(module
  (import "host" "f" (func $f (param i32) (result i32)))
  (func (param i32) (result i32) (call $f (local.get 0))))
;; expect
;; == ssa
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = call 0(v0)
;;   return(v1)
;; == assemble
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
