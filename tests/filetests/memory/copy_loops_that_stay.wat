;; What is no copy: gaps, other widths, a value that is changed or that was loaded before another store, a way out that
;; depends on what is copied, too few elements, a step that is not known.
(module
  (memory 1) (memory $other 1)
  (func (param i32 i32 i32)
    (loop $gaps
      (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
      (local.set 0 (i32.add (local.get 0) (i32.const 2)))
      (local.set 1 (i32.add (local.get 1) (i32.const 2)))
      (br_if $gaps (local.tee 2 (i32.sub (local.get 2) (i32.const 1))))))
  (func (param i32 i32 i32)
    (loop $widths
      (i32.store8 (local.get 0) (i32.load16_u (local.get 1)))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $widths (local.tee 2 (i32.sub (local.get 2) (i32.const 1))))))
  (func (param i32 i32 i32)
    (loop $changed
      (i32.store8 (local.get 0) (i32.xor (i32.load8_u (local.get 1)) (i32.const 1)))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $changed (local.tee 2 (i32.sub (local.get 2) (i32.const 1))))))
  (func (param i32 i32 i32) (local $first i32) (local $second i32)
    (loop $loaded_before
      (local.set $first (i32.load8_u (local.get 1)))
      (local.set $second (i32.load8_u offset=1 (local.get 1)))
      (i32.store8 (local.get 0) (local.get $first))
      (i32.store8 offset=1 (local.get 0) (local.get $second))
      (local.set 0 (i32.add (local.get 0) (i32.const 2)))
      (local.set 1 (i32.add (local.get 1) (i32.const 2)))
      (br_if $loaded_before (local.tee 2 (i32.sub (local.get 2) (i32.const 1))))))
  (func (param i32 i32) (local $byte i32)
    (loop $until_zero
      (i32.store8 (local.get 0) (local.tee $byte (i32.load8_u (local.get 1))))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $until_zero (local.get $byte))))
  (func (param i32 i32) (local $i i32)
    (loop $few
      (i32.store8 (i32.add (local.get 0) (local.get $i)) (i32.load8_u (i32.add (local.get 1) (local.get $i))))
      (br_if $few (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 16)))))
  (func (param i32 i32 i32) (local $i i32)
    (loop $step
      (i32.store8 (i32.add (local.get 0) (local.get $i)) (i32.const 0))
      (br_if $step (i32.lt_u (local.tee $i (i32.add (local.get $i) (local.get 2))) (local.get 1)))))
  (func (param i32 i32)
    (loop $other_memory
      (i32.store8 $other (local.get 0) (i32.const 0))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if $other_memory (i32.ne (local.get 0) (local.get 1))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   jump b1(v0, v1, v2)
;; b1(v3: i32, v4: i32, v5: i32): loop to b3
;;   v6 = memory.base 0
;;   v7 = i32.load8_u base v6 v4
;;   i32.store8 base v6 v3 v7
;;   v9 = i32.const 2
;;   v10 = i32.add v3 v9
;;   v11 = i32.add v4 v9
;;   v12 = i32.const 1
;;   v13 = i32.const -1
;;   v14 = i32.add v5 v13
;;   branch v14 b1(v10, v11, v14) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   jump b1(v0, v1, v2)
;; b1(v3: i32, v4: i32, v5: i32): loop to b3
;;   v6 = memory.base 0
;;   v7 = i32.load16_u base v6 v4
;;   i32.store8 base v6 v3 v7
;;   v9 = i32.const 1
;;   v10 = i32.add v3 v9
;;   v11 = i32.add v4 v9
;;   v12 = i32.const -1
;;   v13 = i32.add v5 v12
;;   branch v13 b1(v10, v11, v13) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   jump b1(v0, v1, v2)
;; b1(v3: i32, v4: i32, v5: i32): loop to b3
;;   v6 = memory.base 0
;;   v7 = i32.load8_u base v6 v4
;;   v8 = i32.const 1
;;   v9 = i32.xor v7 v8
;;   i32.store8 base v6 v3 v9
;;   v11 = i32.add v3 v8
;;   v12 = i32.add v4 v8
;;   v13 = i32.const -1
;;   v14 = i32.add v5 v13
;;   branch v14 b1(v11, v12, v14) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   jump b1(v3, v3, v0, v1, v2)
;; b1(v4: i32, v5: i32, v6: i32, v7: i32, v8: i32): loop to b3
;;   v9 = memory.base 0
;;   v10 = i32.load8_u base v9 v7
;;   v11 = i32.load8_u offset 1 base v9 v7
;;   i32.store8 base v9 v6 v10
;;   i32.store8 offset 1 base v9 v6 v11
;;   v14 = i32.const 2
;;   v15 = i32.add v6 v14
;;   v16 = i32.add v7 v14
;;   v17 = i32.const 1
;;   v18 = i32.const -1
;;   v19 = i32.add v8 v18
;;   branch v19 b1(v10, v11, v15, v16, v19) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   jump b1(v2, v0, v1)
;; b1(v3: i32, v4: i32, v5: i32): loop to b3
;;   v6 = memory.base 0
;;   v7 = i32.load8_u base v6 v5
;;   i32.store8 base v6 v4 v7
;;   v9 = i32.const 1
;;   v10 = i32.add v4 v9
;;   v11 = i32.add v5 v9
;;   branch v7 b1(v7, v10, v11) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = i32.const 1
;;   v4 = i32.const 15
;;   v5 = i32.const 16
;;   jump b1
;; b1:
;;   jump b2(v2)
;; b2(v6: i32): loop to b4
;;   v7 = i32.add v0 v6
;;   v8 = i32.add v1 v6
;;   v9 = memory.base 0
;;   v10 = i32.load8_u base v9 v8
;;   i32.store8 base v9 v7 v10
;;   v12 = i32.add v6 v3
;;   v13 = i32.ne v12 v5
;;   branch v13 b2(v12) b3
;; b3:
;;   jump b4
;; b4:
;;   return
;; function 6:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.const 0
;;   jump b1(v3)
;; b1(v4: i32): loop to b3
;;   v5 = i32.add v0 v4
;;   v6 = memory.base 0
;;   i32.store8 base v6 v5 v3
;;   v8 = i32.add v2 v4
;;   v9 = i32.lt_u v8 v1
;;   branch v9 b1(v8) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 7:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   jump b1(v0)
;; b1(v2: i32): loop to b3
;;   v3 = i32.const 0
;;   v4 = memory.base 1
;;   i32.store8 memory 1 base v4 v2 v3
;;   v6 = i32.const 1
;;   v7 = i32.add v2 v6
;;   v8 = i32.ne v1 v7
;;   branch v8 b1(v7) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  movzx eax, byte ptr [r15+rsi]
;;     37  mov byte ptr [r15+rdi], al
;;     41  add edi, 0x2
;;     44  add esi, 0x2
;;     47  add edx, -0x1
;;     50  jne b1
;; block 3:
;;     52  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  movzx eax, word ptr [r15+rsi]
;;     37  mov byte ptr [r15+rdi], al
;;     41  add edi, 0x1
;;     44  add esi, 0x1
;;     47  add edx, -0x1
;;     50  jne b1
;; block 3:
;;     52  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  movzx eax, byte ptr [r15+rsi]
;;     37  xor eax, 0x1
;;     40  mov byte ptr [r15+rdi], al
;;     44  add edi, 0x1
;;     47  add esi, 0x1
;;     50  add edx, -0x1
;;     53  jne b1
;; block 3:
;;     55  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  movzx eax, byte ptr [r15+rsi]
;;     37  movzx ecx, byte ptr [r15+rsi+0x1]
;;     43  mov byte ptr [r15+rdi], al
;;     47  mov byte ptr [r15+rdi+0x1], cl
;;     52  add edi, 0x2
;;     55  add esi, 0x2
;;     58  add edx, -0x1
;;     61  jne b1
;; block 3:
;;     63  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  movzx eax, byte ptr [r15+rsi]
;;     37  mov byte ptr [r15+rdi], al
;;     41  add edi, 0x1
;;     44  add esi, 0x1
;;     47  test eax, eax
;;     49  jne b1
;; block 3:
;;     51  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;; block 1:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 2:
;;     32  lea ecx, [rdi+rax]
;;     35  lea edx, [rsi+rax]
;;     38  movzx edx, byte ptr [r15+rdx]
;;     43  mov byte ptr [r15+rcx], dl
;;     47  add eax, 0x1
;;     50  cmp eax, 0x10
;;     53  jne b2
;; block 4:
;;     55  ret
;; function 6:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 1:
;;     32  lea ecx, [rdi+rax]
;;     35  mov byte ptr [r15+rcx], 0x0
;;     40  add eax, edx
;;     42  cmp eax, esi
;;     44  jb b1
;; block 3:
;;     46  ret
;; function 7:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  mov rax, qword ptr [r14+0x58]
;;     36  mov rax, qword ptr [rax+0x8]
;;     40  mov rax, qword ptr [rax]
;;     43  mov byte ptr [rax+rdi], 0x0
;;     47  add edi, 0x1
;;     50  cmp esi, edi
;;     52  jne b1
;; block 3:
;;     54  ret
