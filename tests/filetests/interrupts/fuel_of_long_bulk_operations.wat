;; Lengths of 64 bits are charged as they are.
;; engine: consume_fuel
(module
  (memory i64 1)
  (func (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.argument 1
;;   v2 = i64.argument 2
;;   charge_fuel
;;   v4 = i64.const 6
;;   v5 = i64.shr_u v2 v4
;;   charge_fuel v5
;;   v7 = i32.const 0
;;   memory.fill(v7, v0, v1, v2)
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
;;     30  mov rax, qword ptr [r14+0x70]
;;     34  sub qword ptr [rax], 0x4
;;     38  js trap2
;;     44  mov rax, rdx
;;     47  shr rax, 0x6
;;     51  mov rcx, qword ptr [r14+0x70]
;;     55  sub qword ptr [rcx], rax
;;     58  js trap3
;;     64  lea rax, [r14]
;;     67  mov r8, rdx
;;     70  mov rdx, rdi
;;     73  mov rdi, rax
;;     76  mov rcx, rsi
;;     79  mov esi, 0x0
;;     84  mov r11, qword ptr [r14+0x38]
;;     88  call runtime memory.fill
;;     92  test edx, edx
;;     94  jne trap4
;;    100  pop rbp
;;    101  ret
;;    102  trap StackOverflow
;;    106  trap OutOfFuel
;;    110  trap OutOfFuel
;;    114  trap pending
