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
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap4
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  test edi, edi
;;     40  jne b2
;; block 1:
;;     46  mov eax, 0x1
;;     51  jmp b3
;; block 2:
;;     56  lea eax, [rdi-0x1]
;;     59  mov rbx, rdi
;;     62  mov rdi, rax
;;     65  call function 0
;;     70  imul ebx, eax
;;     73  mov rax, rbx
;; block 3:
;;     76  mov rbx, qword ptr [rbp-0x8]
;;     80  mov rsp, rbp
;;     83  pop rbp
;;     84  ret
;;     85  trap StackOverflow
