;; A table that nothing changes: what is at a constant index is called directly, or inlined, if it has the type.
(module
  (type $one (func (param i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $small $large)
  (func $small (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $large (param i32) (result i32)
    (loop (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))))
    (local.get 0))
  (func (param i32) (result i32) (call_indirect (type $one) (local.get 0) (i32.const 1)))
  (func (param i32) (result i32) (call_indirect (type $one) (local.get 0) (i32.const 2)))
  (func (call_indirect (i32.const 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b3
;;   v2 = i32.const 1
;;   v3 = i32.shr_u v1 v2
;;   branch v3 b1(v3) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 2
;;   v2 = call 1(v0)
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = i32.const 1
;;   call_indirect table 0 type 1 at v0 of 4()
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+0x1]
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;; block 1:
;;     16  shr edi, 0x1
;;     19  test edi, edi
;;     21  jne b1
;; block 3:
;;     23  mov rax, rdi
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+0x1]
;;     19  ret
;; function 3:
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
;; function 4:
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
;;     42  mov eax, 0x1
;;     47  mov rcx, qword ptr [r14+0x60]
;;     51  mov rcx, qword ptr [rcx]
;;     54  cmp rax, 0x4
;;     58  jae trap2
;;     64  mov rcx, qword ptr [rcx]
;;     67  mov rax, qword ptr [rcx+rax*8]
;;     71  test rax, rax
;;     74  je trap3
;;     80  mov rcx, qword ptr [r14+0x40]
;;     84  mov ecx, dword ptr [rcx+0x4]
;;     87  cmp ecx, dword ptr [rax+0x10]
;;     90  jne trap4
;;     96  mov r11, rax
;;     99  call qword ptr [r11+0x18]
;;    103  mov r14, qword ptr [rbp-0x8]
;;    107  mov r15, qword ptr [rbp-0x10]
;;    111  mov rsp, rbp
;;    114  pop rbp
;;    115  ret
;;    116  trap StackOverflow
;;    120  trap TableOutOfBounds
;;    124  trap IndirectCallToNull
;;    128  trap BadSignature
