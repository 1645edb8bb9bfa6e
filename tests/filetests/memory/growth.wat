;; The runtime grows memories.
(module
  (memory 1)
  (func (param i32) (result i32) (memory.grow (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = memory.grow(v1, v0)
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov esi, 0x0
;;     35  lea rax, [r14]
;;     38  mov rdx, rdi
;;     41  mov rdi, rax
;;     44  mov r11, qword ptr [r14+0x38]
;;     48  call runtime memory.grow
;;     51  test edx, edx
;;     53  jne trap2
;;     59  pop rbp
;;     60  ret
;;     61  trap StackOverflow
;;     65  trap pending
