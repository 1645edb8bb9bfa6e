;; Where instructions come from, those behind the function too, and what is not executed.
(module
  (func $divide (param i32 i32) (result i32)
    (i32.div_u (local.get 0) (i32.add (local.get 1) (i32.const 1))))
  (func (param i32) (result i32)
    (block (block (block (block (block
      (br_table 0 1 2 3 4 (local.get 0)))
      (return (call $divide (i32.const 7) (local.get 0))))
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
;; function 1: 120 bytes at 0x30
;;       0x2a     38  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                3c  0f 1f 40 00              nop
;; block 0:
;;       0x37     40  b8 04 00 00 00           mov eax, 0x4
;;                45  3b f8                    cmp edi, eax
;;                47  0f 42 c7                 cmovb eax, edi
;;                4a  48 8d 0d 43 00 00 00     lea rcx, [rip]
;;                51  48 63 04 81              movsxd rax, dword ptr [rcx+rax*4]
;;                55  48 03 c1                 add rax, rcx
;;                58  ff e0                    jmp rax
;; block 1:
;; in function 0 `divide`, called at 0x43:
;;       0x26     5a  8d 47 01                 lea eax, [rdi+0x1]
;;       0x27     5d  b9 07 00 00 00           mov ecx, 0x7
;;                62  85 c0                    test eax, eax
;;                64  0f 84 26 00 00 00        je trap6
;;                6a  ba 00 00 00 00           mov edx, 0x0
;;                6f  48 8b f0                 mov rsi, rax
;;                72  48 8b c1                 mov rax, rcx
;;                75  f7 f6                    div esi
;; in the function itself:
;;       0x45     77  c3                       ret
;; block 2:
;;       0x49     78  b8 1e 00 00 00           mov eax, 0x1e
;;                7d  c3                       ret
;; block 3:
;;       0x4d     7e  b8 14 00 00 00           mov eax, 0x14
;;                83  c3                       ret
;; block 4:
;;       0x51     84  b8 0a 00 00 00           mov eax, 0xa
;;                89  c3                       ret
;; block 5:
;;       0x55     8a  b8 00 00 00 00           mov eax, 0x0
;;                8f  c3                       ret
;; in function 0 `divide`, called at 0x43:
;;       0x27     90  41 ff 56 18              trap IntegerDivisionByZero
;;                94  c6 ff ff ff e4 ff ff ff  distances of a switch
;;                9c  ea ff ff ff f0 ff ff ff
;;                a4  f6 ff ff ff
;; 
