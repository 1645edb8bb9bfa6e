;; They may change everything.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.add (i32.load (local.get 0)) (block (result i32) (memory.fill (i32.const 0) (i32.const 0) (i32.const 99)) (i32.load (local.get 0))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load base v1 v0
;;   v3 = i32.const 0
;;   v4 = i32.const 99
;;   memory.fill(v3, v3, v3, v4)
;;   v6 = i32.load base v1 v0
;;   v7 = i32.add v2 v6
;;   return(v7)
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
;;     38  mov qword ptr [rbp-0x10], r12
;; block 0:
;;     42  mov ebx, dword ptr [r15+rdi]
;;     46  mov esi, 0x0
;;     51  mov edx, 0x0
;;     56  mov ecx, 0x0
;;     61  mov r8d, 0x63
;;     67  lea rax, [r14]
;;     70  mov r12, rdi
;;     73  mov rdi, rax
;;     76  mov r11, qword ptr [r14+0x28]
;;     80  call runtime memory.fill
;;     84  test edx, edx
;;     86  jne trap2
;;     92  add ebx, dword ptr [r15+r12]
;;     96  mov rax, rbx
;;     99  mov rbx, qword ptr [rbp-0x8]
;;    103  mov r12, qword ptr [rbp-0x10]
;;    107  mov rsp, rbp
;;    110  pop rbp
;;    111  ret
;;    112  trap StackOverflow
;;    116  trap pending
