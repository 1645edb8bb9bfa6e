;; The runtime copies, also from one memory to another.
(module
  (memory $a 1) (memory $b 1)
  (func (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (memory.copy $b $a (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   copy_bytes v0 v1 v2
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 1
;;   v4 = i32.const 0
;;   memory.copy(v3, v4, v0, v1, v2)
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  call qword ptr [r14+0x28]
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov eax, 0x1
;;     35  mov ecx, 0x0
;;     40  lea r8, [r14]
;;     43  mov r9, rdx
;;     46  mov rdx, rcx
;;     49  mov rcx, rdi
;;     52  mov rdi, r8
;;     55  mov r8, rsi
;;     58  mov rsi, rax
;;     61  mov r11, qword ptr [r14+0x38]
;;     65  call runtime memory.copy
;;     69  test edx, edx
;;     71  jne trap2
;;     77  pop rbp
;;     78  ret
;;     79  trap StackOverflow
;;     83  trap pending
