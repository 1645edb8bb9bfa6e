;; Imported functions are called by reference: the context, and the base of the memory if it never moves, are loaded
;; again behind the call.
(module (import "m" "f" (func $f (param i32) (result i32))) (memory 1)
  (func (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (call $f (local.get 0)))))
;; expect
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
;;     42  mov ebx, dword ptr [r15+rdi]
;;     46  mov rax, qword ptr [r14+0x50]
;;     50  mov rax, qword ptr [rax]
;;     53  mov r11, rax
;;     56  call qword ptr [r11+0x18]
;;     60  mov r14, qword ptr [rbp-0x8]
;;     64  mov r15, qword ptr [r14+0x10]
;;     68  add eax, ebx
;;     70  mov rbx, qword ptr [rbp-0x10]
;;     74  mov rsp, rbp
;;     77  pop rbp
;;     78  ret
;;     79  trap StackOverflow
