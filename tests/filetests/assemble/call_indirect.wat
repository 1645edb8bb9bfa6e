;; The type is compared, and where it can have subtypes, the runtime is asked.
(module
  (type $t (func (param i32) (result i32)))
  (type $open (sub (func)))
  (table (export "1") 2 funcref) (table $second (export "2") i64 2 funcref)
  (func (param i32 i32) (result i32) (call_indirect (type $t) (local.get 0) (local.get 1)))
  (func (param i64) (call_indirect $second (type $open) (local.get 0)))
  (func (param (ref null $t)) (result i32) (call_ref $t (i32.const 7) (local.get 0)))
  (elem declare func $callee)
  (func $callee (type $t) (local.get 0))
  (func (result funcref) (ref.func $callee)))
;; expect
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
;;     49  cmp rsi, qword ptr [rax+0x8]
;;     53  jae trap2
;;     59  mov rax, qword ptr [rax]
;;     62  mov rax, qword ptr [rax+rsi*8]
;;     66  test rax, rax
;;     69  je trap3
;;     75  mov rcx, qword ptr [r14+0x40]
;;     79  mov ecx, dword ptr [rcx]
;;     81  cmp ecx, dword ptr [rax+0x10]
;;     84  jne trap4
;;     90  mov r11, rax
;;     93  call qword ptr [r11+0x18]
;;     97  mov r14, qword ptr [rbp-0x8]
;;    101  mov r15, qword ptr [rbp-0x10]
;;    105  mov rsp, rbp
;;    108  pop rbp
;;    109  ret
;;    110  trap StackOverflow
;;    114  trap TableOutOfBounds
;;    118  trap IndirectCallToNull
;;    122  trap BadSignature
;; function 1:
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
;;     50  mov rax, qword ptr [rax+0x8]
;;     54  cmp rdi, qword ptr [rax+0x8]
;;     58  jae trap2
;;     64  mov rax, qword ptr [rax]
;;     67  mov rbx, qword ptr [rax+rdi*8]
;;     71  test rbx, rbx
;;     74  je trap3
;;     80  mov rax, qword ptr [r14+0x40]
;;     84  mov edx, dword ptr [rax+0x4]
;;     87  mov esi, dword ptr [rbx+0x10]
;;     90  lea rdi, [r14]
;;     93  mov r11, qword ptr [r14+0x38]
;;     97  call runtime is_subtype
;;    101  test edx, edx
;;    103  jne trap4
;;    109  test eax, eax
;;    111  je trap5
;;    117  mov r11, rbx
;;    120  call qword ptr [r11+0x18]
;;    124  mov r14, qword ptr [rbp-0x8]
;;    128  mov rbx, qword ptr [rbp-0x10]
;;    132  mov r15, qword ptr [rbp-0x18]
;;    136  mov rsp, rbp
;;    139  pop rbp
;;    140  ret
;;    141  trap StackOverflow
;;    145  trap TableOutOfBounds
;;    149  trap IndirectCallToNull
;;    153  trap pending
;;    157  trap BadSignature
;; function 2:
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
;;     46  test rdi, rdi
;;     49  je trap2
;;     55  mov rbx, rdi
;;     58  mov edi, 0x7
;;     63  mov r11, rbx
;;     66  call qword ptr [r11+0x18]
;;     70  mov r14, qword ptr [rbp-0x8]
;;     74  mov rbx, qword ptr [rbp-0x10]
;;     78  mov r15, qword ptr [rbp-0x18]
;;     82  mov rsp, rbp
;;     85  pop rbp
;;     86  ret
;;     87  trap StackOverflow
;;     91  trap NullReference
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x50]
;;     20  mov rax, qword ptr [rax+0x18]
;;     24  ret
