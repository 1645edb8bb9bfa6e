;; Index, null and type are looked at.
(module
  (type $t (func (param i32) (result i32))) (table (export "1") 4 funcref)
  (func (param i32) (result i32) (call_indirect (type $t) (i32.const 5) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 5
;;   v2 = call_indirect table 0 type 0 at v0(v1)
;;   return(v2)
;; == assemble
;; function 0:
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
;;     42  mov rax, qword ptr [r14+0x60]
;;     46  mov rax, qword ptr [rax]
;;     49  cmp rdi, qword ptr [rax+0x8]
;;     53  jae trap2
;;     59  mov rax, qword ptr [rax]
;;     62  mov rax, qword ptr [rax+rdi*8]
;;     66  test rax, rax
;;     69  je trap3
;;     75  mov rcx, qword ptr [r14+0x40]
;;     79  mov ecx, dword ptr [rcx]
;;     81  cmp ecx, dword ptr [rax+0x10]
;;     84  jne trap4
;;     90  mov edi, 0x5
;;     95  mov r11, rax
;;     98  call qword ptr [r11+0x18]
;;    102  mov r14, qword ptr [rbp-0x8]
;;    106  mov r15, qword ptr [rbp-0x10]
;;    110  mov rsp, rbp
;;    113  pop rbp
;;    114  ret
;;    115  trap StackOverflow
;;    119  trap TableOutOfBounds
;;    123  trap IndirectCallToNull
;;    127  trap BadSignature
