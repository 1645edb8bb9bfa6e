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
;; function 1: 132 bytes at 0x40
;;       0x2a     48  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                4c  0f 1f 40 00              nop
;; block 0:
;;       0x39     50  b8 05 00 00 00           mov eax, 0x5
;;                55  3b f8                    cmp edi, eax
;;                57  0f 42 c7                 cmovb eax, edi
;;                5a  48 8d 0d 4b 00 00 00     lea rcx, [rip]
;;                61  48 63 04 81              movsxd rax, dword ptr [rcx+rax*4]
;;                65  48 03 c1                 add rax, rcx
;;                68  ff e0                    jmp rax
;; block 1:
;; in function 0 `divide`, called at 0x46:
;;       0x26     6a  8d 47 01                 lea eax, [rdi+0x1]
;;       0x27     6d  b9 07 00 00 00           mov ecx, 0x7
;;                72  85 c0                    test eax, eax
;;                74  0f 84 2c 00 00 00        je trap7
;;                7a  ba 00 00 00 00           mov edx, 0x0
;;                7f  48 8b f0                 mov rsi, rax
;;                82  48 8b c1                 mov rax, rcx
;;                85  f7 f6                    div esi
;; in the function itself:
;;       0x48     87  c3                       ret
;; block 2:
;;       0x4c     88  b8 28 00 00 00           mov eax, 0x28
;;                8d  c3                       ret
;; block 3:
;;       0x50     8e  b8 1e 00 00 00           mov eax, 0x1e
;;                93  c3                       ret
;; block 4:
;;       0x54     94  b8 14 00 00 00           mov eax, 0x14
;;                99  c3                       ret
;; block 5:
;;       0x58     9a  b8 0a 00 00 00           mov eax, 0xa
;;                9f  c3                       ret
;; block 6:
;;       0x5c     a0  b8 00 00 00 00           mov eax, 0x0
;;                a5  c3                       ret
;; in function 0 `divide`, called at 0x46:
;;       0x27     a6  41 ff 56 18              trap IntegerDivisionByZero
;;                aa  cc cc be ff ff ff dc ff  distances of a switch
;;                b2  ff ff e2 ff ff ff e8 ff
;;                ba  ff ff ee ff ff ff f4 ff
;;                c2  ff ff
;; 
