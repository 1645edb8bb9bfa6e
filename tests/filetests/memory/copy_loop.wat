;; A loop that copies byte by byte: one operation does what is behind the guard, and the loop itself does the rest.
(module
  (memory 1)
  (func (param $to i32) (param $from i32) (param $count i32)
    (loop $again
      (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
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
;;   branch v8 b1 b5(v0, v1, v2)
;; b1:
;;   v9 = i64.extend_i32_u v0
;;   v10 = i64.extend_i32_u v6
;;   v11 = i64.add v9 v10
;;   v12 = i64.const 0
;;   v13 = memory.bytes 0
;;   v14 = i64.le_u v11 v13
;;   branch v14 b2 b5(v0, v1, v2)
;; b2:
;;   v15 = i64.extend_i32_u v1
;;   v16 = i64.add v10 v15
;;   v17 = i64.le_u v16 v13
;;   branch v17 b3 b5(v0, v1, v2)
;; b3:
;;   v18 = i32.sub v0 v1
;;   v19 = i32.ge_u v18 v6
;;   branch v19 b4 b5(v0, v1, v2)
;; b4:
;;   v20 = i32.const -2
;;   v21 = i32.add v2 v20
;;   v22 = i32.add v0 v6
;;   v23 = i32.add v1 v6
;;   v24 = i32.sub v2 v6
;;   copy_bytes v0 v1 v6
;;   jump b5(v22, v23, v24)
;; b5(v26: i32, v27: i32, v28: i32):
;;   jump b6(v26, v27, v28)
;; b6(v29: i32, v30: i32, v31: i32): loop to b8
;;   v32 = memory.base 0
;;   v33 = i32.load8_u base v32 v30
;;   i32.store8 base v32 v29 v33
;;   v35 = i32.add v29 v4
;;   v36 = i32.add v30 v4
;;   v37 = i32.add v31 v5
;;   branch v37 b6(v35, v36, v37) b7
;; b7:
;;   jump b8
;; b8:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  lea eax, [rdx-0x1]
;;     19  cmp eax, 0x10
;;     22  jb b6
;; block 1:
;;     24  lea rcx, [rdi+rax]
;;     28  mov r8, qword ptr [r14+0x48]
;;     32  mov r8, qword ptr [r8+0x10]
;;     36  cmp rcx, r8
;;     39  ja b6
;; block 2:
;;     41  lea rcx, [rax+rsi]
;;     45  cmp rcx, r8
;;     48  ja b6
;; block 3:
;;     50  mov rcx, rdi
;;     53  sub ecx, esi
;;     55  cmp ecx, eax
;;     57  jb b6
;; block 4:
;;     59  lea ecx, [rdi+rax]
;;     62  lea r8d, [rsi+rax]
;;     66  sub edx, eax
;;     68  mov r10, rdx
;;     71  mov rdx, rax
;;     74  mov r9, rcx
;;     77  call qword ptr [r14+0x28]
;;     81  mov rdx, r10
;;     84  mov rsi, r8
;;     87  mov rdi, r9
;;     90  nop
;; block 6:
;;     96  movzx eax, byte ptr [r15+rsi]
;;    101  mov byte ptr [r15+rdi], al
;;    105  add edi, 0x1
;;    108  add esi, 0x1
;;    111  add edx, -0x1
;;    114  jne b6
;; block 8:
;;    116  ret
