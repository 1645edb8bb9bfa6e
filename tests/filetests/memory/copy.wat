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
;;     30  lea rax, [r14]
;;     33  mov r9, rdx
;;     36  mov r8, rsi
;;     39  mov rcx, rdi
;;     42  mov rdi, rax
;;     45  mov esi, 0x1
;;     50  mov edx, 0x0
;;     55  mov r11, qword ptr [r14+0x38]
;;     59  call runtime memory.copy
;;     63  test edx, edx
;;     65  jne trap2
;;     71  pop rbp
;;     72  ret
;;     73  trap StackOverflow
;;     77  trap pending
