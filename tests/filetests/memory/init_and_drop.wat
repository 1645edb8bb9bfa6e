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
;;     30  mov eax, 0x0
;;     35  mov ecx, 0x0
;;     40  lea r8, [r14]
;;     43  mov r9, rdx
;;     46  mov rdx, rcx
;;     49  mov rcx, rdi
;;     52  mov rdi, r8
;;     55  mov r8, rsi
;;     58  mov rsi, rax
;;     61  mov r11, qword ptr [r14+0x38]
;;     65  call runtime memory.init
;;     69  test edx, edx
;;     71  jne trap2
;;     77  mov esi, 0x0
;;     82  lea rdi, [r14]
;;     85  mov r11, qword ptr [r14+0x38]
;;     89  call runtime data.drop
;;     93  test edx, edx
;;     95  jne trap3
;;    101  pop rbp
;;    102  ret
;;    103  trap StackOverflow
;;    107  trap pending
;;    111  trap pending
