;; Further results are behind the arguments.
;; engine: no_inlining
(module
  (func (result i64) (call $f) (i64.sub) (i64.sub) (i64.sub) (i64.sub) (i64.sub))
  (func $f (result i64 i64 i64 i64 i64 i64) (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = call 1()
;;   v1 = result v0 number 1
;;   v2 = result v0 number 2
;;   v3 = result v0 number 3
;;   v4 = result v0 number 4
;;   v5 = result v0 number 5
;;   v6 = i64.sub v4 v5
;;   v7 = i64.sub v3 v6
;;   v8 = i64.sub v2 v7
;;   v9 = i64.sub v1 v8
;;   v10 = i64.sub v0 v9
;;   return(v10)
;; function 1:
;; b0:
;;   v0 = i64.const 0
;;   v1 = i64.const 1
;;   v2 = i64.const 2
;;   v3 = i64.const 3
;;   v4 = i64.const 4
;;   v5 = i64.const 5
;;   return(v0, v1, v2, v3, v4, v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;; block 0:
;;     34  call function 1
;;     39  mov rdi, qword ptr [rsp]
;;     43  mov r8, qword ptr [rsp+0x8]
;;     48  sub rdi, r8
;;     51  sub rsi, rdi
;;     54  sub rcx, rsi
;;     57  sub rdx, rcx
;;     60  sub rax, rdx
;;     63  mov rsp, rbp
;;     66  pop rbp
;;     67  ret
;;     68  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;; block 0:
;;     20  mov eax, 0x0
;;     25  mov edx, 0x1
;;     30  mov ecx, 0x2
;;     35  mov esi, 0x3
;;     40  mov edi, 0x4
;;     45  mov qword ptr [rbp+0x10], rdi
;;     49  mov edi, 0x5
;;     54  mov qword ptr [rbp+0x18], rdi
;;     58  pop rbp
;;     59  ret
