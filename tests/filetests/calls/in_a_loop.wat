;; Counter and sum live across the call.
;; engine: no_inlining
(module
  (func (param i32) (result i32) (local $s i32) (loop (local.set $s (i32.add (local.get $s) (call $f (local.get 0)))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get $s))
  (func $f (param i32) (result i32) (i32.mul (local.get 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = call 1(v3)
;;   v5 = i32.add v2 v4
;;   v6 = i32.const 1
;;   v7 = i32.const -1
;;   v8 = i32.add v3 v7
;;   branch v8 b1(v5, v8) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.mul v0 v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap4
;;     34  mov qword ptr [rbp-0x8], rbx
;;     38  mov qword ptr [rbp-0x10], r12
;; block 0:
;;     42  mov eax, 0x0
;;     47  mov r12, rdi
;;     50  mov rbx, rax
;;     53  nop
;;     62  nop
;; block 1:
;;     64  mov rdi, r12
;;     67  call function 1
;;     72  add ebx, eax
;;     74  add r12d, -0x1
;;     78  jne b1
;; block 3:
;;     80  mov rax, rbx
;;     83  mov rbx, qword ptr [rbp-0x8]
;;     87  mov r12, qword ptr [rbp-0x10]
;;     91  mov rsp, rbp
;;     94  pop rbp
;;     95  ret
;;     96  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul edi, edi
;;     19  mov rax, rdi
;;     22  ret
