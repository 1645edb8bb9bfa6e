;; engine: at_loops
;; At the inner loop, the rest of the outer one's iteration comes first, and then that loop as a whole.
(module
  (func (param $n i32) (result i32) (local $i i32) (local $j i32) (local $sum i32)
    (loop $outer
      (local.set $j (local.get $i))
      (loop $inner
        (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $i) (local.get $j))))
        (br_if $inner (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
      (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum)))
;; expect
;; == ssa
;; function 0 at offset 0x1b:
;; b0:
;;   v0 = loop_frame
;;   v1 = i32.frame.load 16376 v0
;;   v2 = i32.frame.load 16408 v0
;;   v3 = i32.frame.load 16416 v0
;;   v4 = i32.frame.load 16424 v0
;;   jump b1(v3, v4, v2)
;; b1(v5: i32, v6: i32, v7: i32): loop to b6
;;   jump b2(v6, v7)
;; b2(v8: i32, v9: i32): loop to b4
;;   v10 = i32.mul v7 v9
;;   v11 = i32.add v8 v10
;;   v12 = i32.const 1
;;   v13 = i32.const -1
;;   v14 = i32.add v9 v13
;;   branch v14 b2(v11, v14) b3
;; b3:
;;   jump b4
;; b4:
;;   v15 = i32.add v7 v12
;;   v16 = i32.lt_u v15 v1
;;   branch v16 b1(v14, v11, v15) b5
;; b5:
;;   jump b6
;; b6:
;;   return(v11)
;; function 0 at offset 0x21:
;; b0:
;;   v0 = loop_frame
;;   v1 = i32.frame.load 16376 v0
;;   v2 = i32.frame.load 16408 v0
;;   v3 = i32.frame.load 16416 v0
;;   v4 = i32.frame.load 16424 v0
;;   jump b1(v4, v3)
;; b1(v5: i32, v6: i32): loop to b3
;;   v7 = i32.mul v2 v6
;;   v8 = i32.add v5 v7
;;   v9 = i32.const 1
;;   v10 = i32.const -1
;;   v11 = i32.add v6 v10
;;   branch v11 b1(v8, v11) b2
;; b2:
;;   jump b3
;; b3:
;;   v12 = i32.add v2 v9
;;   v13 = i32.lt_u v12 v1
;;   branch v13 b5 b4
;; b4:
;;   jump b12(v11, v8, v12)
;; b5:
;;   jump b6(v11, v8, v12)
;; b6(v14: i32, v15: i32, v16: i32): loop to b11
;;   jump b7(v15, v16)
;; b7(v17: i32, v18: i32): loop to b9
;;   v19 = i32.mul v16 v18
;;   v20 = i32.add v17 v19
;;   v21 = i32.add v18 v10
;;   branch v21 b7(v20, v21) b8
;; b8:
;;   jump b9
;; b9:
;;   v22 = i32.add v16 v9
;;   v23 = i32.lt_u v22 v1
;;   branch v23 b6(v21, v20, v22) b10
;; b10:
;;   jump b11
;; b11:
;;   jump b12(v21, v20, v22)
;; b12(v24: i32, v25: i32, v26: i32):
;;   return(v25)
;; == assemble
;; function 0 at offset 0x1b:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  mov rax, qword ptr [rax+0x50]
;;     24  mov ecx, dword ptr [rax+0x3ff8]
;;     30  mov edx, dword ptr [rax+0x4018]
;;     36  mov eax, dword ptr [rax+0x4028]
;;     42  nop
;;     51  nop
;;     60  nop
;; block 1:
;;     64  mov rsi, rdx
;;     67  nop
;;     76  nop
;;     85  nop
;;     94  nop
;; block 2:
;;     96  mov rdi, rdx
;;     99  imul edi, esi
;;    102  add eax, edi
;;    104  add esi, -0x1
;;    107  jne b2
;; block 4:
;;    109  add edx, 0x1
;;    112  cmp edx, ecx
;;    114  jb b1
;; block 6:
;;    116  ret
;; function 0 at offset 0x21:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  mov rax, qword ptr [rax+0x50]
;;     24  mov ecx, dword ptr [rax+0x3ff8]
;;     30  mov edx, dword ptr [rax+0x4018]
;;     36  mov esi, dword ptr [rax+0x4020]
;;     42  mov eax, dword ptr [rax+0x4028]
;;     48  nop
;;     57  nop
;; block 1:
;;     64  mov rdi, rdx
;;     67  imul edi, esi
;;     70  add eax, edi
;;     72  add esi, -0x1
;;     75  jne b1
;; block 3:
;;     77  add edx, 0x1
;;     80  cmp edx, ecx
;;     82  jae b12
;;     84  nop
;;     93  nop
;; block 6:
;;     96  mov rsi, rdx
;;     99  nop
;;    108  nop
;;    117  nop
;;    126  nop
;; block 7:
;;    128  mov rdi, rdx
;;    131  imul edi, esi
;;    134  add eax, edi
;;    136  add esi, -0x1
;;    139  jne b7
;; block 9:
;;    141  add edx, 0x1
;;    144  cmp edx, ecx
;;    146  jb b6
;; block 12:
;;    148  ret
