;; The condition stands first, and what is copied are elements of an array.
(module
  (memory 1)
  (func (param $to i32) (param $from i32) (param $count i32) (local $i i32)
    (loop $again
      (if (i32.lt_u (local.get $i) (local.get $count))
        (then
          (i32.store offset=16
            (i32.add (local.get $to) (i32.shl (local.get $i) (i32.const 2)))
            (i32.load offset=8 (i32.add (local.get $from) (i32.shl (local.get $i) (i32.const 2)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $again))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   v4 = i32.const 1
;;   v5 = i32.lt_u v3 v2
;;   branch v5 b1 b6(v3)
;; b1:
;;   v6 = i32.const -16
;;   v7 = i32.const 1073741807
;;   v8 = i32.add v2 v6
;;   v9 = i32.le_u v8 v7
;;   branch v9 b2 b6(v3)
;; b2:
;;   v10 = i32.const 4
;;   v11 = i32.const 2
;;   v12 = i32.shl v2 v11
;;   v13 = i64.extend_i32_u v0
;;   v14 = i64.extend_i32_u v12
;;   v15 = i64.add v13 v14
;;   v16 = i64.const 16
;;   v17 = i64.add v15 v16
;;   v18 = memory.bytes 0
;;   v19 = i64.le_u v17 v18
;;   branch v19 b3 b6(v3)
;; b3:
;;   v20 = i32.const 16
;;   v21 = i32.add v0 v20
;;   v22 = i64.extend_i32_u v1
;;   v23 = i64.add v14 v22
;;   v24 = i64.const 8
;;   v25 = i64.add v23 v24
;;   v26 = i64.le_u v25 v18
;;   branch v26 b4 b6(v3)
;; b4:
;;   v27 = i32.const 8
;;   v28 = i32.add v1 v27
;;   v29 = i32.sub v21 v28
;;   v30 = i32.ge_u v29 v12
;;   branch v30 b5 b6(v3)
;; b5:
;;   v31 = i32.const -1
;;   v32 = i32.add v2 v31
;;   copy_bytes v21 v28 v12
;;   jump b6(v2)
;; b6(v34: i32):
;;   jump b7(v34)
;; b7(v35: i32): loop to b10
;;   v36 = i32.lt_u v35 v2
;;   branch v36 b8 b9
;; b8:
;;   v37 = i32.const 2
;;   v38 = i32.shl v35 v37
;;   v39 = i32.add v0 v38
;;   v40 = i32.add v1 v38
;;   v41 = memory.base 0
;;   v42 = i32.load offset 8 base v41 v40
;;   i32.store offset 16 base v41 v39 v42
;;   v44 = i32.add v35 v4
;;   jump b7(v44)
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
;; block 0:
;;     28  mov eax, 0x0
;;     33  cmp edx, 0x0
;;     36  jbe b7
;; block 1:
;;     42  lea eax, [rdx-0x10]
;;     45  mov ecx, 0x0
;;     50  cmp eax, 0x3fffffef
;;     56  mov rax, rcx
;;     59  ja b7
;; block 2:
;;     65  mov rax, rdx
;;     68  shl eax, 0x2
;;     71  lea rcx, [rdi+rax]
;;     75  add rcx, 0x10
;;     79  mov r8, qword ptr [r14+0x48]
;;     83  mov r8, qword ptr [r8+0x10]
;;     87  mov r9d, 0x0
;;     93  cmp rcx, r8
;;     96  ja edge11
;; block 3:
;;    102  lea ecx, [rdi+0x10]
;;    105  lea r9, [rax+rsi]
;;    109  add r9, 0x8
;;    113  mov r10d, 0x0
;;    119  cmp r9, r8
;;    122  ja edge12
;; block 4:
;;    128  lea r8d, [rsi+0x8]
;;    132  mov r9, rcx
;;    135  sub r9d, r8d
;;    138  mov r10d, 0x0
;;    144  cmp r9d, eax
;;    147  jb edge13
;; block 5:
;;    153  mov rbx, rdi
;;    156  mov rdi, rcx
;;    159  mov r10, rsi
;;    162  mov rsi, r8
;;    165  mov r9, rdx
;;    168  mov rdx, rax
;;    171  call qword ptr [r14+0x28]
;;    175  mov rax, r9
;;    178  mov rdi, rbx
;;    181  mov rsi, r10
;;    184  mov rdx, r9
;;    187  nop
;; block 7:
;;    192  cmp eax, edx
;;    194  jae b10
;; block 8:
;;    196  mov rcx, rax
;;    199  shl ecx, 0x2
;;    202  lea r8d, [rdi+rcx]
;;    206  add ecx, esi
;;    208  mov ecx, dword ptr [r15+rcx+0x8]
;;    213  mov dword ptr [r15+r8+0x10], ecx
;;    218  add eax, 0x1
;;    221  jmp b7
;; block 10:
;;    223  mov rbx, qword ptr [rbp-0x8]
;;    227  mov rsp, rbp
;;    230  pop rbp
;;    231  ret
;;    232  edge 5:
;;    232  mov rax, r9
;;    235  jmp b7
;;    237  edge 7:
;;    237  mov rax, r10
;;    240  jmp b7
;;    242  edge 9:
;;    242  mov rax, r10
;;    245  jmp b7
