;; A function calls itself.
(module
  (func $f (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1)) (else (i32.mul (local.get 0) (call $f (i32.sub (local.get 0) (i32.const 1))))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   branch v0 b2 b1
;; b1:
;;   v2 = i32.const 1
;;   jump b3(v2)
;; b2:
;;   v3 = i32.const 1
;;   v4 = i32.const -1
;;   v5 = i32.add v0 v4
;;   v6 = call 0(v5)
;;   v7 = i32.mul v0 v6
;;   jump b3(v7)
;; b3(v8: i32):
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b2
;; block 1:
;;     24  mov eax, 0x1
;;     29  ret
;; block 2:
;;     30  push rbp
;;     31  mov rbp, rsp
;;     34  sub rsp, 0x10
;;     38  cmp rsp, qword ptr [r14+0x8]
;;     42  jb trap4
;;     48  mov qword ptr [rbp-0x8], rbx
;;     52  lea eax, [rdi-0x1]
;;     55  mov rbx, rdi
;;     58  mov rdi, rax
;;     61  call function 0
;;     66  imul ebx, eax
;;     69  mov rax, rbx
;; block 3:
;;     72  mov rbx, qword ptr [rbp-0x8]
;;     76  mov rsp, rbp
;;     79  pop rbp
;;     80  ret
;;     81  trap StackOverflow
