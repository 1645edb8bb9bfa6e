;; Sizes and growth are numbers of 64 bits.
(module
  (memory i64 1)
  (func (result i64) (memory.size))
  (func (param i64) (result i64) (memory.grow (local.get 0)))
  (func (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = memory.bytes 0
;;   v1 = i64.const 16
;;   v2 = i64.shr_u v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.const 0
;;   v2 = memory.grow(v1, v0)
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.argument 1
;;   v2 = i64.argument 2
;;   v3 = i32.const 0
;;   memory.fill(v3, v0, v1, v2)
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  shr rax, 0x10
;;     28  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
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
;; function 2:
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
;;     54  call runtime memory.fill
;;     58  test edx, edx
;;     60  jne trap2
;;     66  pop rbp
;;     67  ret
;;     68  trap StackOverflow
;;     72  trap pending
