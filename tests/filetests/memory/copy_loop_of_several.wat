;; An iteration copies four bytes, and a bound is checked besides. The pointer before the sum is that of the last iteration.
(module
  (memory 1)
  (func (param $to i32) (param $from i32) (param $end i32) (param $bound i32) (result i32) (local $i i32) (local $p i32)
    (block $out
      (loop $again
        (br_if $out (i32.ge_s (local.get $i) (local.get $bound)))
        (local.set $p (i32.add (local.get $to) (local.get $i)))
        (i32.store8 (local.get $p) (i32.load8_s (i32.add (local.get $from) (local.get $i))))
        (i32.store8 offset=1 (local.get $p) (i32.load8_u offset=1 (i32.add (local.get $from) (local.get $i))))
        (i32.store8
          (i32.add (local.get $p) (i32.const 2))
          (i32.load8_u (i32.add (i32.add (local.get $from) (local.get $i)) (i32.const 2))))
        (i32.store8 offset=3 (local.get $p) (i32.load8_u offset=3 (i32.add (local.get $from) (local.get $i))))
        (br_if $again
          (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (local.get $end)))))
    (local.get $p)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.argument 3
;;   v4 = i32.const 0
;;   v5 = i32.const 1
;;   v6 = i32.lt_s v4 v3
;;   branch v6 b1 b6(v4, v4)
;; b1:
;;   v7 = i32.const 4
;;   v8 = i32.const 2
;;   v9 = i32.shr_u v3 v8
;;   v10 = i32.const -4
;;   v11 = i32.add v2 v10
;;   v12 = i32.shr_u v11 v8
;;   v13 = i32.lt_u v9 v12
;;   v14 = i32.select v9 v12 v13
;;   v15 = i32.const 1073741819
;;   v16 = i32.add v14 v10
;;   v17 = i32.le_u v16 v15
;;   branch v17 b2 b6(v4, v4)
;; b2:
;;   v18 = i32.shl v14 v8
;;   v19 = i64.extend_i32_u v0
;;   v20 = i64.extend_i32_u v18
;;   v21 = i64.add v19 v20
;;   v22 = i64.const 0
;;   v23 = memory.bytes 0
;;   v24 = i64.le_u v21 v23
;;   branch v24 b3 b6(v4, v4)
;; b3:
;;   v25 = i64.extend_i32_u v1
;;   v26 = i64.add v20 v25
;;   v27 = i64.le_u v26 v23
;;   branch v27 b4 b6(v4, v4)
;; b4:
;;   v28 = i32.sub v0 v1
;;   v29 = i32.ge_u v28 v18
;;   branch v29 b5 b6(v4, v4)
;; b5:
;;   v30 = i32.const -1
;;   v31 = i32.add v14 v30
;;   v32 = i32.shl v31 v8
;;   v33 = i32.add v0 v32
;;   copy_bytes v0 v1 v18
;;   jump b6(v33, v18)
;; b6(v35: i32, v36: i32):
;;   jump b7(v35, v36)
;; b7(v37: i32, v38: i32): loop to b10
;;   v39 = i32.ge_s v38 v3
;;   branch v39 b11(v37, v38) b8
;; b8:
;;   v40 = i32.add v0 v38
;;   v41 = i32.add v1 v38
;;   v42 = memory.base 0
;;   v43 = i32.load8_s base v42 v41
;;   i32.store8 base v42 v40 v43
;;   v45 = i32.load8_u offset 1 base v42 v41
;;   i32.store8 offset 1 base v42 v40 v45
;;   v47 = i32.const 2
;;   v48 = i32.add v40 v47
;;   v49 = i32.add v41 v47
;;   v50 = i32.load8_u base v42 v49
;;   i32.store8 base v42 v48 v50
;;   v52 = i32.load8_u offset 3 base v42 v41
;;   i32.store8 offset 3 base v42 v40 v52
;;   v54 = i32.const 4
;;   v55 = i32.add v38 v54
;;   v56 = i32.ne v2 v55
;;   branch v56 b7(v40, v55) b9
;; b9:
;;   jump b10
;; b10:
;;   jump b11(v40, v55)
;; b11(v57: i32, v58: i32):
;;   return(v57)
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
;;     32  mov eax, 0x0
;;     37  mov r8d, 0x0
;;     43  cmp ecx, 0x0
;;     46  jle b7
;; block 1:
;;     52  mov rax, rcx
;;     55  shr eax, 0x2
;;     58  lea r8d, [rdx-0x4]
;;     62  shr r8d, 0x2
;;     66  cmp eax, r8d
;;     69  cmovb r8d, eax
;;     73  lea eax, [r8-0x4]
;;     77  mov r9d, 0x0
;;     83  mov r10d, 0x0
;;     89  cmp eax, 0x3ffffffb
;;     95  ja edge12
;; block 2:
;;    101  mov rax, r8
;;    104  shl eax, 0x2
;;    107  lea r9, [rdi+rax]
;;    111  mov r10, qword ptr [r14+0x48]
;;    115  mov r10, qword ptr [r10+0x10]
;;    119  mov ebx, 0x0
;;    124  mov r12d, 0x0
;;    130  cmp r9, r10
;;    133  ja edge13
;; block 3:
;;    139  lea r9, [rax+rsi]
;;    143  mov ebx, 0x0
;;    148  mov r12d, 0x0
;;    154  cmp r9, r10
;;    157  ja edge14
;; block 4:
;;    163  mov r9, rdi
;;    166  sub r9d, esi
;;    169  mov r10d, 0x0
;;    175  mov ebx, 0x0
;;    180  cmp r9d, eax
;;    183  jb edge15
;; block 5:
;;    189  add r8d, -0x1
;;    193  shl r8d, 0x2
;;    197  add r8d, edi
;;    200  mov rbx, rdx
;;    203  mov rdx, rax
;;    206  mov r10, rcx
;;    209  mov r9, rax
;;    212  call qword ptr [r14+0x28]
;;    216  mov rax, r8
;;    219  mov r8, r9
;;    222  mov rdx, rbx
;;    225  mov rcx, r10
;;    228  nop
;;    237  nop
;;    246  nop
;;    255  nop
;; block 7:
;;    256  cmp r8d, ecx
;;    259  jge b11
;; block 8:
;;    261  lea eax, [rdi+r8]
;;    265  lea r9d, [rsi+r8]
;;    269  movsx r10d, byte ptr [r15+r9]
;;    274  mov byte ptr [r15+rax], r10b
;;    278  movzx r10d, byte ptr [r15+r9+0x1]
;;    284  mov byte ptr [r15+rax+0x1], r10b
;;    289  lea r10d, [rax+0x2]
;;    293  lea ebx, [r9+0x2]
;;    297  movzx ebx, byte ptr [r15+rbx]
;;    302  mov byte ptr [r15+r10], bl
;;    306  movzx r9d, byte ptr [r15+r9+0x3]
;;    312  mov byte ptr [r15+rax+0x3], r9b
;;    317  add r8d, 0x4
;;    321  cmp edx, r8d
;;    324  jne b7
;; block 11:
;;    326  mov rbx, qword ptr [rbp-0x8]
;;    330  mov r12, qword ptr [rbp-0x10]
;;    334  mov rsp, rbp
;;    337  pop rbp
;;    338  ret
;;    339  edge 3:
;;    339  mov r8, r10
;;    342  mov rax, r9
;;    345  jmp b7
;;    347  edge 5:
;;    347  mov r8, r12
;;    350  mov rax, rbx
;;    353  jmp b7
;;    355  edge 7:
;;    355  mov r8, r12
;;    358  mov rax, rbx
;;    361  jmp b7
;;    363  edge 9:
;;    363  mov r8, rbx
;;    366  mov rax, r10
;;    369  jmp b7
