;; They are charged by their length, before they begin.
;; engine: consume_fuel
(module
  (memory 1) (table 1 funcref)
  (func (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (table.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32) (result i32) (memory.grow (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   charge_fuel
;;   v4 = i64.extend_i32_u v2
;;   v5 = i64.const 6
;;   v6 = i64.shr_u v4 v5
;;   charge_fuel v6
;;   fill_bytes v0 v1 v2
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   charge_fuel
;;   v4 = i64.extend_i32_u v2
;;   v5 = i64.const 3
;;   v6 = i64.shr_u v4 v5
;;   charge_fuel v6
;;   v8 = i32.const 0
;;   table.copy(v8, v8, v0, v1, v2)
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   charge_fuel
;;   v2 = i32.const 0
;;   v3 = memory.grow(v2, v0)
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  sub qword ptr [rax], 0x4
;;     24  js trap1
;;     30  mov rax, rdx
;;     33  shr rax, 0x6
;;     37  mov rcx, qword ptr [r14+0x70]
;;     41  sub qword ptr [rcx], rax
;;     44  js trap2
;;     50  call qword ptr [r14+0x30]
;;     54  ret
;;     55  trap OutOfFuel
;;     59  trap OutOfFuel
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov rax, qword ptr [r14+0x70]
;;     34  sub qword ptr [rax], 0x4
;;     38  js trap2
;;     44  mov rax, rdx
;;     47  shr rax, 0x3
;;     51  mov rcx, qword ptr [r14+0x70]
;;     55  sub qword ptr [rcx], rax
;;     58  js trap3
;;     64  lea rax, [r14]
;;     67  mov r9, rdx
;;     70  mov r8, rsi
;;     73  mov rcx, rdi
;;     76  mov rdi, rax
;;     79  mov esi, 0x0
;;     84  mov edx, 0x0
;;     89  mov r11, qword ptr [r14+0x38]
;;     93  call runtime table.copy
;;     97  test edx, edx
;;     99  jne trap4
;;    105  pop rbp
;;    106  ret
;;    107  trap StackOverflow
;;    111  trap OutOfFuel
;;    115  trap OutOfFuel
;;    119  trap pending
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov rax, qword ptr [r14+0x70]
;;     34  sub qword ptr [rax], 0x2
;;     38  js trap2
;;     44  mov esi, 0x0
;;     49  lea rax, [r14]
;;     52  mov rdx, rdi
;;     55  mov rdi, rax
;;     58  mov r11, qword ptr [r14+0x38]
;;     62  call runtime memory.grow
;;     65  test edx, edx
;;     67  jne trap3
;;     73  pop rbp
;;     74  ret
;;     75  trap StackOverflow
;;     79  trap OutOfFuel
;;     83  trap pending
