;; A type that can have subtypes is asked of the runtime.
(module
  (table (export "1") 4 funcref)
  (type $t (sub (func (result i32)))) (type $u (sub $t (func (result i32))))
  (func (param i32) (result i32) (call_indirect (type $t) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = call_indirect table 0 type 0 at v0()
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], r14
;;     38  mov qword ptr [rbp-0x10], rbx
;;     42  mov qword ptr [rbp-0x18], r15
;; block 0:
;;     46  mov rax, qword ptr [r14+0x60]
;;     50  mov rax, qword ptr [rax]
;;     53  cmp rdi, qword ptr [rax+0x8]
;;     57  jae trap2
;;     63  mov rax, qword ptr [rax]
;;     66  mov rbx, qword ptr [rax+rdi*8]
;;     70  test rbx, rbx
;;     73  je trap3
;;     79  mov rax, qword ptr [r14+0x40]
;;     83  mov edx, dword ptr [rax]
;;     85  mov esi, dword ptr [rbx+0x10]
;;     88  lea rdi, [r14]
;;     91  mov r11, qword ptr [r14+0x38]
;;     95  call runtime is_subtype
;;     99  test edx, edx
;;    101  jne trap4
;;    107  test eax, eax
;;    109  je trap5
;;    115  mov r11, rbx
;;    118  call qword ptr [r11+0x18]
;;    122  mov r14, qword ptr [rbp-0x8]
;;    126  mov rbx, qword ptr [rbp-0x10]
;;    130  mov r15, qword ptr [rbp-0x18]
;;    134  mov rsp, rbp
;;    137  pop rbp
;;    138  ret
;;    139  trap StackOverflow
;;    143  trap TableOutOfBounds
;;    147  trap IndirectCallToNull
;;    151  trap pending
;;    155  trap BadSignature
