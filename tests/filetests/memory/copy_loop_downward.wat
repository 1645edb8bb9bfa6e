;; From the end to the beginning: the guard wants the target above the source, or far below it.
(module
  (memory 1)
  (func (param $to i32) (param $from i32) (param $count i32)
    (loop $again
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (i32.store8
        (i32.add (local.get $to) (local.get $count))
        (i32.load8_u (i32.add (local.get $from) (local.get $count))))
      (br_if $again (local.get $count)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   v4 = i32.const 1
;;   v5 = i32.const -1
;;   v6 = i32.add v2 v5
;;   v7 = i32.const 16
;;   v8 = i32.ge_u v6 v7
;;   branch v8 b1 b7(v2)
;; b1:
;;   v9 = i32.add v0 v2
;;   v10 = i32.add v9 v5
;;   v11 = i64.extend_i32_u v10
;;   v12 = i32.const -2
;;   v13 = i32.add v2 v12
;;   v14 = i32.ge_u v10 v13
;;   branch v14 b2 b7(v2)
;; b2:
;;   v15 = i32.sub v10 v13
;;   v16 = i64.const 1
;;   v17 = i64.add v11 v16
;;   v18 = memory.bytes 0
;;   v19 = i64.le_u v17 v18
;;   branch v19 b3 b7(v2)
;; b3:
;;   v20 = i32.add v1 v2
;;   v21 = i32.add v20 v5
;;   v22 = i64.extend_i32_u v21
;;   v23 = i32.ge_u v21 v13
;;   branch v23 b4 b7(v2)
;; b4:
;;   v24 = i32.sub v21 v13
;;   v25 = i64.add v22 v16
;;   v26 = i64.le_u v25 v18
;;   branch v26 b5 b7(v2)
;; b5:
;;   v27 = i32.sub v24 v15
;;   v28 = i32.ge_u v27 v6
;;   branch v28 b6 b7(v2)
;; b6:
;;   v29 = i32.sub v2 v6
;;   copy_bytes v15 v24 v6
;;   jump b7(v29)
;; b7(v31: i32):
;;   jump b8(v31)
;; b8(v32: i32): loop to b10
;;   v33 = i32.add v32 v5
;;   v34 = i32.add v0 v33
;;   v35 = i32.add v1 v33
;;   v36 = memory.base 0
;;   v37 = i32.load8_u base v36 v35
;;   i32.store8 base v36 v34 v37
;;   branch v33 b8(v33) b9
;; b9:
;;   jump b10
;; b10:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  mov qword ptr [rbp-0x8], rbx
;;     28  mov qword ptr [rbp-0x10], r12
;; block 0:
;;     32  lea eax, [rdx-0x1]
;;     35  cmp eax, 0x10
;;     38  jb b8
;; block 1:
;;     44  lea ecx, [rdi+rdx]
;;     47  add ecx, -0x1
;;     50  lea r8d, [rdx-0x2]
;;     54  cmp ecx, r8d
;;     57  jb b8
;; block 2:
;;     63  mov r9, rcx
;;     66  sub r9d, r8d
;;     69  add rcx, 0x1
;;     73  mov r10, qword ptr [r14+0x48]
;;     77  mov r10, qword ptr [r10+0x10]
;;     81  cmp rcx, r10
;;     84  ja b8
;; block 3:
;;     86  lea ecx, [rsi+rdx]
;;     89  add ecx, -0x1
;;     92  cmp ecx, r8d
;;     95  jb b8
;; block 4:
;;     97  mov rbx, rcx
;;    100  sub ebx, r8d
;;    103  add rcx, 0x1
;;    107  cmp rcx, r10
;;    110  ja b8
;; block 5:
;;    112  mov rcx, rbx
;;    115  sub ecx, r9d
;;    118  cmp ecx, eax
;;    120  jb b8
;; block 6:
;;    122  sub edx, eax
;;    124  mov r12, rdi
;;    127  mov rdi, r9
;;    130  mov r10, rsi
;;    133  mov rsi, rbx
;;    136  mov r8, rdx
;;    139  mov rdx, rax
;;    142  call qword ptr [r14+0x28]
;;    146  mov rdx, r8
;;    149  mov rdi, r12
;;    152  mov rsi, r10
;;    155  nop
;; block 8:
;;    160  add edx, -0x1
;;    163  lea eax, [rdi+rdx]
;;    166  lea ecx, [rsi+rdx]
;;    169  movzx ecx, byte ptr [r15+rcx]
;;    174  mov byte ptr [r15+rax], cl
;;    178  test edx, edx
;;    180  jne b8
;; block 10:
;;    182  mov rbx, qword ptr [rbp-0x8]
;;    186  mov r12, qword ptr [rbp-0x10]
;;    190  mov rsp, rbp
;;    193  pop rbp
;;    194  ret
