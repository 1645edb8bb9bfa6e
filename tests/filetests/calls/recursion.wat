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
;;     20  mov eax, 0x1
;;     25  ret
;; block 2:
;;     26  push rbp
;;     27  mov rbp, rsp
;;     30  sub rsp, 0x10
;;     34  cmp rsp, qword ptr [r14+0x8]
;;     38  jb trap4
;;     44  mov qword ptr [rbp-0x8], rbx
;;     48  lea eax, [rdi-0x1]
;;     51  mov rbx, rdi
;;     54  mov rdi, rax
;;     57  call function 0
;;     62  imul ebx, eax
;;     65  mov rax, rbx
;; block 3:
;;     68  mov rbx, qword ptr [rbp-0x8]
;;     72  mov rsp, rbp
;;     75  pop rbp
;;     76  ret
;;     77  trap StackOverflow
