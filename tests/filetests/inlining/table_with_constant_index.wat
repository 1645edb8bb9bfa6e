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
;;   call_indirect table 0 type 1 at v0 of 4, direct()
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
;;     16  nop
;;     25  nop
;; block 1:
;;     32  shr edi, 0x1
;;     35  test edi, edi
;;     37  jne b1
;; block 3:
;;     39  mov rax, rdi
;;     42  ret
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
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov eax, 0x1
;;     35  cmp rax, 0x4
;;     39  jae trap2
;;     45  lea rcx, [rip]
;;     52  mov edx, dword ptr [rcx+rax*8+0x4]
;;     56  cmp edx, 0x1
;;     59  jne trap3
;;     65  movsxd rax, dword ptr [rcx+rax*8]
;;     69  add rax, rcx
;;     72  call rax
;;     74  pop rbp
;;     75  ret
;;     76  cmp edx, -0x1
;;     79  je trap4
;;     85  trap BadSignature
;;     89  trap StackOverflow
;;     93  trap TableOutOfBounds
;;     97  trap IndirectCallToNull
