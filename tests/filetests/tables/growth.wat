;; The runtime grows tables.
(module
  (table 1 funcref)
  (func (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.const 0
;;   v2 = i32.const 0
;;   v3 = table.grow(v2, v1, v0)
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov esi, 0x0
;;     35  mov edx, 0x0
;;     40  lea rax, [r14]
;;     43  mov rcx, rdi
;;     46  mov rdi, rax
;;     49  mov r11, qword ptr [r14+0x38]
;;     53  call runtime table.grow
;;     57  test edx, edx
;;     59  jne trap2
;;     65  pop rbp
;;     66  ret
;;     67  trap StackOverflow
;;     71  trap pending
