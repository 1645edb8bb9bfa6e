;; The size is read once, and again behind growing.
(module
  (memory 1)
  (func (result i32) (i32.add (memory.size) (i32.add (memory.size) (i32.add (memory.grow (i32.const 1)) (memory.size))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = memory.bytes 0
;;   v1 = i64.const 16
;;   v2 = i64.shr_u v0 v1
;;   v3 = i32.wrap_i64 v2
;;   v4 = i32.const 1
;;   v5 = i32.const 0
;;   v6 = memory.grow(v5, v4)
;;   v7 = memory.bytes 0
;;   v8 = i64.shr_u v7 v1
;;   v9 = i32.wrap_i64 v8
;;   v10 = i32.add v6 v9
;;   v11 = i32.add v3 v10
;;   v12 = i32.add v3 v11
;;   return(v12)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov rax, qword ptr [r14+0x48]
;;     42  mov rax, qword ptr [rax+0x10]
;;     46  shr rax, 0x10
;;     50  mov esi, 0x0
;;     55  mov edx, 0x1
;;     60  lea rdi, [r14]
;;     63  mov rbx, rax
;;     66  mov r11, qword ptr [r14+0x38]
;;     70  call runtime memory.grow
;;     73  test edx, edx
;;     75  jne trap2
;;     81  mov rcx, qword ptr [r14+0x48]
;;     85  mov rcx, qword ptr [rcx+0x10]
;;     89  shr rcx, 0x10
;;     93  add eax, ecx
;;     95  add eax, ebx
;;     97  add eax, ebx
;;     99  mov rbx, qword ptr [rbp-0x8]
;;    103  mov rsp, rbp
;;    106  pop rbp
;;    107  ret
;;    108  trap StackOverflow
;;    112  trap pending
