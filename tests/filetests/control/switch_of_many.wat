;; A table of distances. Entries with one target go to one copy of what is done on their edge.
(module
  (func (param i32) (result i32)
    (block (block (block (block (block (block (br_table 0 1 2 3 4 5 (local.get 0)))
      (return (i32.const 10))) (return (i32.const 20))) (return (i32.const 30))) (return (i32.const 40)))
      (return (i32.const 50))) (i32.const 60))
  (func (param i32 i32 i32) (result i32)
    (loop $again (result i32)
      (local.set 1 (i32.add (local.get 1) (local.get 2)))
      (block (block (block
        (br_table 0 1 0 1 0 2 0 2 $again 2 $again 0 (i32.rem_u (local.get 1) (local.get 0))))
        (local.set 1 (i32.mul (local.get 1) (local.get 2))) (br $again))
        (local.set 1 (i32.sub (local.get 1) (local.get 2))) (br $again))
      (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   switch v0 b1 b2 b3 b4 b5 b6 by [0, 1, 2, 3, 4, 5]
;; b1:
;;   v1 = i32.const 10
;;   return(v1)
;; b2:
;;   v2 = i32.const 20
;;   return(v2)
;; b3:
;;   v3 = i32.const 30
;;   return(v3)
;; b4:
;;   v4 = i32.const 40
;;   return(v4)
;; b5:
;;   v5 = i32.const 50
;;   return(v5)
;; b6:
;;   v6 = i32.const 60
;;   return(v6)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   jump b1(v1)
;; b1(v3: i32): loop to b5
;;   v4 = i32.add v2 v3
;;   v5 = i32.rem_u v4 v0
;;   switch v5 b2 b3 b4 b1(v4) by [0, 1, 0, 1, 0, 2, 0, 2, 3, 2, 3, 0]
;; b2:
;;   v6 = i32.mul v2 v4
;;   jump b1(v6)
;; b3:
;;   v7 = i32.sub v4 v2
;;   jump b1(v7)
;; b4:
;;   jump b5
;; b5:
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x5
;;     21  cmp edi, eax
;;     23  cmovb eax, edi
;;     26  lea rcx, [rip]
;;     33  movsxd rax, dword ptr [rcx+rax*4]
;;     37  add rax, rcx
;;     40  jmp rax
;; block 1:
;;     42  mov eax, 0xa
;;     47  ret
;; block 2:
;;     48  mov eax, 0x14
;;     53  ret
;; block 3:
;;     54  mov eax, 0x1e
;;     59  ret
;; block 4:
;;     60  mov eax, 0x28
;;     65  ret
;; block 5:
;;     66  mov eax, 0x32
;;     71  ret
;; block 6:
;;     72  mov eax, 0x3c
;;     77  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  lea eax, [rdx+rsi]
;;     35  test edi, edi
;;     37  je trap6
;;     43  mov rcx, rdx
;;     46  mov rsi, rax
;;     49  mov edx, 0x0
;;     54  div edi
;;     56  mov rax, rdx
;;     59  mov edx, 0xb
;;     64  cmp eax, edx
;;     66  cmovb edx, eax
;;     69  lea r8, [rip]
;;     76  movsxd rdx, dword ptr [r8+rdx*4]
;;     80  add rdx, r8
;;     83  jmp rdx
;; block 2:
;;     85  imul esi, ecx
;;     88  mov rdx, rcx
;;     91  jmp b1
;; block 3:
;;     93  sub esi, ecx
;;     95  mov rdx, rcx
;;     98  jmp b1
;; block 5:
;;    100  mov rax, rsi
;;    103  ret
;;    104  edge 4:
;;    104  mov rdx, rcx
;;    107  jmp b1
;;    109  trap IntegerDivisionByZero
