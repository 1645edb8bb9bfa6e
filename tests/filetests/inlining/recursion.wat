;; A function that calls itself stays called. One that calls another, which calls it again, has that in it, but not
;; itself once more.
(module
  (func $down (param i32) (result i32)
    (if (result i32) (local.get 0) (then (call $down (local.get 0))) (else (i32.const 1))))
  (func (result i32) (call $down (i32.const 5)))
  (func $even (param i32) (result i32)
    (if (result i32) (local.get 0) (then (call $odd (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 1))))
  (func $odd (param i32) (result i32)
    (if (result i32) (local.get 0) (then (call $even (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b2
;; b1:
;;   v1 = call 0(v0)
;;   jump b3(v1)
;; b2:
;;   v2 = i32.const 1
;;   jump b3(v2)
;; b3(v3: i32):
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.const 5
;;   v1 = call 0(v0)
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b5
;; b1:
;;   v1 = i32.const 1
;;   v2 = i32.const -1
;;   v3 = i32.add v0 v2
;;   branch v3 b2 b3
;; b2:
;;   v4 = i32.const -2
;;   v5 = i32.add v0 v4
;;   v6 = call 2(v5)
;;   jump b4(v6)
;; b3:
;;   v7 = i32.const 0
;;   jump b4(v7)
;; b4(v8: i32):
;;   jump b6(v8)
;; b5:
;;   v9 = i32.const 1
;;   jump b6(v9)
;; b6(v10: i32):
;;   return(v10)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b5
;; b1:
;;   v1 = i32.const 1
;;   v2 = i32.const -1
;;   v3 = i32.add v0 v2
;;   branch v3 b2 b3
;; b2:
;;   v4 = i32.const -2
;;   v5 = i32.add v0 v4
;;   v6 = call 3(v5)
;;   jump b4(v6)
;; b3:
;;   jump b4(v1)
;; b4(v7: i32):
;;   jump b6(v7)
;; b5:
;;   v8 = i32.const 0
;;   jump b6(v8)
;; b6(v9: i32):
;;   return(v9)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b2
;; block 1:
;;     20  push rbp
;;     21  mov rbp, rsp
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap4
;;     34  call function 0
;;     39  jmp b3
;; block 2:
;;     41  mov eax, 0x1
;;     46  ret
;; block 3:
;;     47  pop rbp
;;     48  ret
;;     49  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov edi, 0x5
;;     35  call function 0
;;     40  pop rbp
;;     41  ret
;;     42  trap StackOverflow
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b5
;; block 1:
;;     20  lea eax, [rdi-0x1]
;;     23  test eax, eax
;;     25  je b3
;; block 2:
;;     27  push rbp
;;     28  mov rbp, rsp
;;     31  cmp rsp, qword ptr [r14+0x8]
;;     35  jb trap7
;;     41  add edi, -0x2
;;     44  call function 2
;;     49  jmp b6
;; block 3:
;;     51  mov eax, 0x0
;;     56  push rbp
;;     57  mov rbp, rsp
;;     60  cmp rsp, qword ptr [r14+0x8]
;;     64  jb trap8
;;     70  jmp b6
;; block 5:
;;     72  mov eax, 0x1
;;     77  ret
;; block 6:
;;     78  pop rbp
;;     79  ret
;;     80  trap StackOverflow
;;     84  trap StackOverflow
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b5
;; block 1:
;;     20  lea eax, [rdi-0x1]
;;     23  test eax, eax
;;     25  je b3
;; block 2:
;;     27  push rbp
;;     28  mov rbp, rsp
;;     31  cmp rsp, qword ptr [r14+0x8]
;;     35  jb trap7
;;     41  add edi, -0x2
;;     44  call function 3
;;     49  jmp b6
;; block 3:
;;     51  mov eax, 0x1
;;     56  push rbp
;;     57  mov rbp, rsp
;;     60  cmp rsp, qword ptr [r14+0x8]
;;     64  jb trap8
;;     70  jmp b6
;; block 5:
;;     72  mov eax, 0x0
;;     77  ret
;; block 6:
;;     78  pop rbp
;;     79  ret
;;     80  trap StackOverflow
;;     84  trap StackOverflow
