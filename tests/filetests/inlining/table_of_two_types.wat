;; A table that nothing changes, with a null element and functions of two types: one is imported.
(module
  (type $one (func (param i32) (result i32)))
  (import "" "" (func $host))
  (table 3 funcref)
  (elem (i32.const 1) $host $next)
  (func $next (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func (param i32 i32) (result i32) (call_indirect (type $one) (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = call_indirect table 0 type 0 at v1 of 3(v0)
;;   return(v2)
;; == assemble
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+0x1]
;;     19  ret
;; function 2:
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
;;     49  cmp rsi, 0x3
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
