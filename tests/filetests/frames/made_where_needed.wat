;; A way on which nothing needs a frame has none: it ends before the call, or has a copy of the end.
(module
  (memory 1)
  (func $fibonacci (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else
        (i32.add
          (call $fibonacci (i32.sub (local.get 0) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get 0) (i32.const 2)))))))
  (func $push (param $list i32) (param $value i32) (local $count i32)
    (block $full
      (br_if $full
        (i32.ge_u
          (local.tee $count (i32.load offset=4 (local.get $list)))
          (i32.load (local.get $list))))
      (i32.store
        (i32.add (i32.load offset=8 (local.get $list)) (i32.shl (local.get $count) (i32.const 2)))
        (local.get $value))
      (i32.store offset=4 (local.get $list) (i32.add (local.get $count) (i32.const 1)))
      (return))
    (drop (call $fibonacci (local.get $list)))
    (call $push (local.get $list) (local.get $value)))
  (func $walk (param $node i32) (result i32) (local $sum i32)
    (block $end
      (br_if $end (i32.eqz (local.get $node)))
      (loop $next
        (local.set $sum (i32.add (local.get $sum) (call $walk (i32.load offset=4 (local.get $node)))))
        (br_if $next (local.tee $node (i32.load (local.get $node))))))
    (local.get $sum)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 2
;;   v2 = i32.lt_s v0 v1
;;   branch v2 b1 b2
;; b1:
;;   jump b3(v0)
;; b2:
;;   v3 = i32.const 1
;;   v4 = i32.const -1
;;   v5 = i32.add v0 v4
;;   v6 = call 0(v5)
;;   v7 = i32.const -2
;;   v8 = i32.add v0 v7
;;   v9 = call 0(v8)
;;   v10 = i32.add v6 v9
;;   jump b3(v10)
;; b3(v11: i32):
;;   return(v11)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = memory.base 0
;;   v4 = i32.load offset 4 base v3 v0
;;   v5 = i32.load base v3 v0
;;   v6 = i32.ge_u v4 v5
;;   branch v6 b2 b1
;; b1:
;;   v7 = i32.load offset 8 base v3 v0
;;   v8 = i32.const 2
;;   v9 = i32.shl v4 v8
;;   v10 = i32.add v7 v9
;;   i32.store base v3 v10 v1
;;   v12 = i32.const 1
;;   v13 = i32.add v4 v12
;;   i32.store offset 4 base v3 v0 v13
;;   return
;; b2:
;;   v15 = call 0(v0)
;;   call 1(v0, v1)
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.eqz v0
;;   branch v0 b1 b5(v1, v0)
;; b1:
;;   jump b2(v1, v0)
;; b2(v3: i32, v4: i32): loop to b4
;;   v5 = memory.base 0
;;   v6 = i32.load offset 4 base v5 v4
;;   v7 = call 2(v6)
;;   v8 = i32.add v3 v7
;;   v9 = i32.load base v5 v4
;;   branch v9 b2(v8, v9) b3
;; b3:
;;   jump b4
;; b4:
;;   jump b5(v8, v9)
;; b5(v10: i32, v11: i32):
;;   return(v10)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  cmp edi, 0x2
;;     19  jge b2
;; block 1:
;;     21  mov rax, rdi
;;     24  ret
;; block 2:
;;     25  push rbp
;;     26  mov rbp, rsp
;;     29  sub rsp, 0x10
;;     33  cmp rsp, qword ptr [r14+0x8]
;;     37  jb trap4
;;     43  mov qword ptr [rbp-0x8], rbx
;;     47  lea eax, [rdi-0x1]
;;     50  mov rbx, rdi
;;     53  mov rdi, rax
;;     56  call function 0
;;     61  lea edi, [rbx-0x2]
;;     64  mov rbx, rax
;;     67  call function 0
;;     72  add eax, ebx
;;     74  mov rdi, rax
;; block 3:
;;     77  mov rax, rdi
;;     80  mov rbx, qword ptr [rbp-0x8]
;;     84  mov rsp, rbp
;;     87  pop rbp
;;     88  ret
;;     89  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi+0x4]
;;     21  cmp eax, dword ptr [r15+rdi]
;;     25  jae b2
;; block 1:
;;     27  mov ecx, dword ptr [r15+rdi+0x8]
;;     32  mov rdx, rax
;;     35  shl edx, 0x2
;;     38  add ecx, edx
;;     40  mov dword ptr [r15+rcx], esi
;;     44  add eax, 0x1
;;     47  mov dword ptr [r15+rdi+0x4], eax
;;     52  ret
;; block 2:
;;     53  push rbp
;;     54  mov rbp, rsp
;;     57  sub rsp, 0x10
;;     61  cmp rsp, qword ptr [r14+0x8]
;;     65  jb trap3
;;     71  mov qword ptr [rbp-0x8], rbx
;;     75  mov qword ptr [rbp-0x10], r12
;;     79  mov r12, rdi
;;     82  mov rbx, rsi
;;     85  call function 0
;;     90  mov rsi, rbx
;;     93  mov rdi, r12
;;     96  call function 1
;;    101  mov rbx, qword ptr [rbp-0x8]
;;    105  mov r12, qword ptr [rbp-0x10]
;;    109  mov rsp, rbp
;;    112  pop rbp
;;    113  ret
;;    114  trap StackOverflow
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, 0x0
;;     21  test edi, edi
;;     23  je edge6
;; block 1:
;;     29  push rbp
;;     30  mov rbp, rsp
;;     33  sub rsp, 0x10
;;     37  cmp rsp, qword ptr [r14+0x8]
;;     41  jb trap7
;;     47  mov qword ptr [rbp-0x8], rbx
;;     51  mov qword ptr [rbp-0x10], r12
;;     55  mov eax, 0x0
;;     60  mov r12, rdi
;;     63  mov rbx, rax
;;     66  nop
;;     75  nop
;;     84  nop
;;     93  nop
;; block 2:
;;     96  mov edi, dword ptr [r15+r12+0x4]
;;    101  call function 2
;;    106  add ebx, eax
;;    108  mov r12d, dword ptr [r15+r12]
;;    112  test r12d, r12d
;;    115  jne b2
;; block 4:
;;    117  mov rax, rbx
;; block 5:
;;    120  mov rbx, qword ptr [rbp-0x8]
;;    124  mov r12, qword ptr [rbp-0x10]
;;    128  mov rsp, rbp
;;    131  pop rbp
;;    132  ret
;;    133  edge 1:
;;    133  ret
;;    134  trap StackOverflow
