;; What is inlined may call functions that are inlined too, but not without end.
(module
  (func $a (param i32) (result i32) (i32.add (call $b (local.get 0)) (i32.const 1)))
  (func $b (param i32) (result i32) (i32.mul (call $c (local.get 0)) (i32.const 3)))
  (func $c (param i32) (result i32) (i32.sub (call $d (local.get 0)) (local.get 0)))
  (func $d (param i32) (result i32) (i32.xor (call $e (local.get 0)) (i32.const 7)))
  (func $e (param i32) (result i32) (i32.and (local.get 0) (i32.const 9))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = call 4(v0)
;;   v2 = i32.const 7
;;   v3 = i32.xor v1 v2
;;   v4 = i32.sub v3 v0
;;   v5 = i32.const 3
;;   v6 = i32.mul v4 v5
;;   v7 = i32.const 1
;;   v8 = i32.add v6 v7
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 9
;;   v2 = i32.and v0 v1
;;   v3 = i32.const 7
;;   v4 = i32.xor v2 v3
;;   v5 = i32.sub v4 v0
;;   v6 = i32.const 3
;;   v7 = i32.mul v5 v6
;;   return(v7)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 9
;;   v2 = i32.and v0 v1
;;   v3 = i32.const 7
;;   v4 = i32.xor v2 v3
;;   v5 = i32.sub v4 v0
;;   return(v5)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 9
;;   v2 = i32.and v0 v1
;;   v3 = i32.const 7
;;   v4 = i32.xor v2 v3
;;   return(v4)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 9
;;   v2 = i32.and v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov rbx, rdi
;;     41  call function 4
;;     46  xor eax, 0x7
;;     49  sub eax, ebx
;;     51  imul eax, eax, 0x3
;;     54  add eax, 0x1
;;     57  mov rbx, qword ptr [rbp-0x8]
;;     61  mov rsp, rbp
;;     64  pop rbp
;;     65  ret
;;     66  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  and eax, 0x9
;;     22  xor eax, 0x7
;;     25  sub eax, edi
;;     27  imul eax, eax, 0x3
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  and eax, 0x9
;;     22  xor eax, 0x7
;;     25  sub eax, edi
;;     27  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x9
;;     19  xor edi, 0x7
;;     22  mov rax, rdi
;;     25  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x9
;;     19  mov rax, rdi
;;     22  ret
