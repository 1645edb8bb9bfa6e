;; Where instructions come from, those behind the function too, and what is not executed.
(module
  (func $divide (param i32 i32) (result i32)
    (i32.div_u (local.get 0) (i32.add (local.get 1) (i32.const 1))))
  (func (param i32) (result i32)
    (block (block (block (block (block (block
      (br_table 0 1 2 3 4 5 (local.get 0)))
      (return (call $divide (i32.const 7) (local.get 0))))
      (return (i32.const 40)))
      (return (i32.const 30)))
      (return (i32.const 20)))
      (return (i32.const 10)))
    (i32.const 0)))
;; expect
;; function 0 `divide`: 45 bytes at 0x0
;;       0x1f      8  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                 c  0f 1f 40 00              nop
;; block 0:
;;       0x26     10  8d 46 01                 lea eax, [rsi+0x1]
;;       0x27     13  85 c0                    test eax, eax
;;                15  0f 84 0e 00 00 00        je trap1
;;                1b  ba 00 00 00 00           mov edx, 0x0
;;                20  48 8b c8                 mov rcx, rax
;;                23  48 8b c7                 mov rax, rdi
;;                26  f7 f1                    div ecx
;;       0x28     28  c3                       ret
;;       0x27     29  41 ff 56 18              trap IntegerDivisionByZero
;; 
;; function 1: 128 bytes at 0x40
;;       0x2a     48  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                4c  0f 1f 40 00              nop
;; block 0:
;;       0x39     50  b8 05 00 00 00           mov eax, 0x5
;;                55  3b f8                    cmp edi, eax
;;                57  0f 42 c7                 cmovb eax, edi
;;                5a  48 8d 0d 47 00 00 00     lea rcx, [rip]
;;                61  48 63 04 81              movsxd rax, dword ptr [rcx+rax*4]
;;                65  48 03 c1                 add rax, rcx
;;                68  ff e0                    jmp rax
;; block 1:
;; in function 0 `divide`, called at 0x46:
;;       0x26     6a  8d 47 01                 lea eax, [rdi+0x1]
;;       0x27     6d  85 c0                    test eax, eax
;;                6f  0f 84 2e 00 00 00        je trap7
;;                75  ba 00 00 00 00           mov edx, 0x0
;;                7a  48 8b c8                 mov rcx, rax
;;                7d  b8 07 00 00 00           mov eax, 0x7
;;                82  f7 f1                    div ecx
;; in the function itself:
;;       0x48     84  c3                       ret
;; block 2:
;;       0x4c     85  b8 28 00 00 00           mov eax, 0x28
;;                8a  c3                       ret
;; block 3:
;;       0x50     8b  b8 1e 00 00 00           mov eax, 0x1e
;;                90  c3                       ret
;; block 4:
;;       0x54     91  b8 14 00 00 00           mov eax, 0x14
;;                96  c3                       ret
;; block 5:
;;       0x58     97  b8 0a 00 00 00           mov eax, 0xa
;;                9c  c3                       ret
;; block 6:
;;       0x5c     9d  b8 00 00 00 00           mov eax, 0x0
;;                a2  c3                       ret
;; in function 0 `divide`, called at 0x46:
;;       0x27     a3  41 ff 56 18              trap IntegerDivisionByZero
;;                a7  cc c2 ff ff ff dd ff ff  distances of a switch
;;                af  ff e3 ff ff ff e9 ff ff
;;                b7  ff ef ff ff ff f5 ff ff
;;                bf  ff
;; 
