;; The runtime copies from segments and drops them.
(module
  (memory 1) (data $d "passive")
  (func (param i32 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)) (data.drop $d)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   memory.init(v3, v3, v0, v1, v2)
;;   data.drop(v3)
;;   return
;; == assemble
;; function 0:
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
;;     45  mov esi, 0x0
;;     50  mov edx, 0x0
;;     55  mov r11, qword ptr [r14+0x38]
;;     59  call runtime memory.init
;;     63  test edx, edx
;;     65  jne trap2
;;     71  mov esi, 0x0
;;     76  lea rdi, [r14]
;;     79  mov r11, qword ptr [r14+0x38]
;;     83  call runtime data.drop
;;     87  test edx, edx
;;     89  jne trap3
;;     95  pop rbp
;;     96  ret
;;     97  trap StackOverflow
;;    101  trap pending
;;    105  trap pending
