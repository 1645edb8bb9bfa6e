;; Loops that fill with a byte, or with an element all of whose bytes are equal.
(module
  (memory 1)
  (func (param $to i32) (param $end i32) (param $byte i32)
    (loop $again
      (i32.store8 (local.get $to) (local.get $byte))
      (br_if $again
        (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 1))) (local.get $end)))))
  (func (param $to i32) (param $count i32)
    (loop $again
      (i64.store offset=8 (local.get $to) (i64.const -1))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (br_if $again (local.tee $count (i32.add (local.get $count) (i32.const -1))))))
  (func (param $to i32) (local $i i32)
    (loop $again
      (f64.store (i32.add (local.get $to) (local.get $i)) (f64.const 0))
      (br_if $again (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 800))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   v4 = i32.const 1
;;   v5 = i32.add v0 v4
;;   v6 = i32.lt_u v5 v1
;;   branch v6 b1 b4(v0)
;; b1:
;;   v7 = i32.sub v1 v0
;;   v8 = i32.const -1
;;   v9 = i32.add v7 v8
;;   v10 = i32.const 16
;;   v11 = i32.ge_u v9 v10
;;   branch v11 b2 b4(v0)
;; b2:
;;   v12 = i64.extend_i32_u v0
;;   v13 = i64.extend_i32_u v9
;;   v14 = i64.add v12 v13
;;   v15 = i64.const 0
;;   v16 = memory.bytes 0
;;   v17 = i64.le_u v14 v16
;;   branch v17 b3 b4(v0)
;; b3:
;;   v18 = i32.const -2
;;   v19 = i32.add v7 v18
;;   v20 = i32.add v0 v9
;;   fill_bytes v0 v2 v9
;;   jump b4(v20)
;; b4(v22: i32):
;;   jump b5(v22)
;; b5(v23: i32): loop to b7
;;   v24 = memory.base 0
;;   i32.store8 base v24 v23 v2
;;   v26 = i32.add v23 v4
;;   v27 = i32.lt_u v26 v1
;;   branch v27 b5(v26) b6
;; b6:
;;   jump b7
;; b7:
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = i32.const 1
;;   v4 = i32.const -1
;;   v5 = i32.add v1 v4
;;   v6 = i32.const -16
;;   v7 = i32.const 536870895
;;   v8 = i32.const -17
;;   v9 = i32.add v1 v8
;;   v10 = i32.le_u v9 v7
;;   branch v10 b1 b3(v0, v1)
;; b1:
;;   v11 = i32.const 8
;;   v12 = i32.const 3
;;   v13 = i32.shl v5 v12
;;   v14 = i64.extend_i32_u v0
;;   v15 = i64.extend_i32_u v13
;;   v16 = i64.add v14 v15
;;   v17 = i64.const 8
;;   v18 = i64.add v16 v17
;;   v19 = memory.bytes 0
;;   v20 = i64.le_u v18 v19
;;   branch v20 b2 b3(v0, v1)
;; b2:
;;   v21 = i32.add v0 v11
;;   v22 = i32.const 255
;;   v23 = i32.const -2
;;   v24 = i32.add v1 v23
;;   v25 = i32.add v0 v13
;;   v26 = i32.sub v1 v5
;;   fill_bytes v21 v22 v13
;;   jump b3(v25, v26)
;; b3(v28: i32, v29: i32):
;;   jump b4(v28, v29)
;; b4(v30: i32, v31: i32): loop to b6
;;   v32 = i64.const -1
;;   v33 = memory.base 0
;;   i64.store offset 8 base v33 v30 v32
;;   v35 = i32.const 8
;;   v36 = i32.add v30 v35
;;   v37 = i32.add v31 v4
;;   branch v37 b4(v36, v37) b5
;; b5:
;;   jump b6
;; b6:
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.const 1
;;   v3 = i32.const 792
;;   v4 = i32.const 8
;;   v5 = i32.const 99
;;   v6 = i32.const -16
;;   v7 = i32.const 536870895
;;   v8 = i32.const 83
;;   v9 = i64.extend_i32_u v0
;;   v10 = i64.const 792
;;   v11 = i64.add v9 v10
;;   v12 = i64.const 0
;;   v13 = memory.bytes 0
;;   v14 = i64.le_u v11 v13
;;   branch v14 b1 b2(v1)
;; b1:
;;   v15 = i32.const 98
;;   fill_bytes v0 v1 v3
;;   jump b2(v3)
;; b2(v17: i32):
;;   jump b3(v17)
;; b3(v18: i32): loop to b5
;;   v19 = i32.add v0 v18
;;   v20 = f64.const 0.0
;;   v21 = memory.base 0
;;   f64.store base v21 v19 v20
;;   v23 = i32.add v18 v4
;;   v24 = i32.const 800
;;   v25 = i32.ne v23 v24
;;   branch v25 b3(v23) b4
;; b4:
;;   jump b5
;; b5:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  lea eax, [rdi+0x1]
;;     19  cmp eax, esi
;;     21  jae b5
;; block 1:
;;     23  mov rax, rsi
;;     26  sub eax, edi
;;     28  add eax, -0x1
;;     31  cmp eax, 0x10
;;     34  jb b5
;; block 2:
;;     36  lea rcx, [rdi+rax]
;;     40  mov r8, qword ptr [r14+0x48]
;;     44  mov r8, qword ptr [r8+0x10]
;;     48  cmp rcx, r8
;;     51  ja b5
;; block 3:
;;     53  lea ecx, [rdi+rax]
;;     56  mov r10, rsi
;;     59  mov rsi, rdx
;;     62  mov r9, rdx
;;     65  mov rdx, rax
;;     68  mov r8, rcx
;;     71  call qword ptr [r14+0x30]
;;     75  mov rdi, r8
;;     78  mov rsi, r10
;;     81  mov rdx, r9
;;     84  nop
;;     93  nop
;; block 5:
;;     96  mov byte ptr [r15+rdi], dl
;;    100  add edi, 0x1
;;    103  cmp edi, esi
;;    105  jb b5
;; block 7:
;;    107  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  lea edx, [rsi-0x1]
;;     19  lea eax, [rsi-0x11]
;;     22  cmp eax, 0x1fffffef
;;     28  ja b4
;; block 1:
;;     30  mov rax, rdx
;;     33  shl eax, 0x3
;;     36  lea rcx, [rdi+rax]
;;     40  add rcx, 0x8
;;     44  mov r8, qword ptr [r14+0x48]
;;     48  mov r8, qword ptr [r8+0x10]
;;     52  cmp rcx, r8
;;     55  ja b4
;; block 2:
;;     57  lea ecx, [rdi+0x8]
;;     60  add edi, eax
;;     62  sub esi, edx
;;     64  mov r9, rdi
;;     67  mov rdi, rcx
;;     70  mov r8, rsi
;;     73  mov rdx, rax
;;     76  mov esi, 0xff
;;     81  call qword ptr [r14+0x30]
;;     85  mov rsi, r8
;;     88  mov rdi, r9
;;     91  nop
;; block 4:
;;     96  mov qword ptr [r15+rdi+0x8], -0x1
;;    105  add edi, 0x8
;;    108  add esi, -0x1
;;    111  jne b4
;; block 6:
;;    113  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  lea rax, [rdi+0x318]
;;     23  mov rcx, qword ptr [r14+0x48]
;;     27  mov rcx, qword ptr [rcx+0x10]
;;     31  mov edx, 0x0
;;     36  cmp rax, rcx
;;     39  ja b3
;; block 1:
;;     41  mov esi, 0x0
;;     46  mov edx, 0x318
;;     51  call qword ptr [r14+0x30]
;;     55  mov edx, 0x318
;;     60  nop
;; block 3:
;;     64  lea eax, [rdi+rdx]
;;     67  mov qword ptr [r15+rax], 0x0
;;     75  add edx, 0x8
;;     78  cmp edx, 0x320
;;     84  jne b3
;; block 5:
;;     86  ret
