;; The base of the memory is read again behind it.
(module
  (import "host" "f" (func $f)) (memory 1)
  (func (param i32) (result i32) (call $f) (i32.load (local.get 0))))
;; expect
;; == ssa
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   call 0()
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v0
;;   return(v3)
;; == assemble
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], r14
;;     38  mov qword ptr [rbp-0x10], rbx
;; block 0:
;;     42  mov rax, qword ptr [r14+0x50]
;;     46  mov rax, qword ptr [rax]
;;     49  mov rbx, rdi
;;     52  mov r11, rax
;;     55  call qword ptr [r11+0x18]
;;     59  mov r14, qword ptr [rbp-0x8]
;;     63  mov r15, qword ptr [r14+0x10]
;;     67  mov eax, dword ptr [r15+rbx]
;;     71  mov rbx, qword ptr [rbp-0x10]
;;     75  mov rsp, rbp
;;     78  pop rbp
;;     79  ret
;;     80  trap StackOverflow
