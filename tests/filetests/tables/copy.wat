;; The runtime copies.
(module
  (table $a 1 funcref) (table $b 1 funcref)
  (func (param i32 i32 i32) (table.copy $b $a (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 1
;;   v4 = i32.const 0
;;   table.copy(v3, v4, v0, v1, v2)
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
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
;;     59  call runtime table.copy
;;     63  test edx, edx
;;     65  jne trap2
;;     71  pop rbp
;;     72  ret
;;     73  trap StackOverflow
;;     77  trap pending
