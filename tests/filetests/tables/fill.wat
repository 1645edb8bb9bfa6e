;; The runtime fills.
(module
  (table 1 funcref)
  (func (param i32 funcref i32) (table.fill (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   table.fill(v3, v0, v1, v2)
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
;;     33  mov r8, rdx
;;     36  mov rdx, rdi
;;     39  mov rdi, rax
;;     42  mov rcx, rsi
;;     45  mov esi, 0x0
;;     50  mov r11, qword ptr [r14+0x38]
;;     54  call runtime table.fill
;;     58  test edx, edx
;;     60  jne trap2
;;     66  pop rbp
;;     67  ret
;;     68  trap StackOverflow
;;     72  trap pending
