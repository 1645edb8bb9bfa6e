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
;; function 1: 128 bytes at 0x30
;;       0x2a     38  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                3c  0f 1f 40 00              nop
;;                40  55                       push rbp
;;                41  48 8b ec                 mov rbp, rsp
;;                44  49 3b 66 08              cmp rsp, qword ptr [r14+0x8]
;;                48  0f 82 48 00 00 00        jb trap6
;; block 0:
;;       0x37     4e  b8 04 00 00 00           mov eax, 0x4
;;                53  3b f8                    cmp edi, eax
;;                55  0f 42 c7                 cmovb eax, edi
;;                58  48 8d 0d 3d 00 00 00     lea rcx, [rip]
;;                5f  48 63 04 81              movsxd rax, dword ptr [rcx+rax*4]
;;                63  48 03 c1                 add rax, rcx
;;                66  ff e0                    jmp rax
;; block 1:
;;       0x43     68  b8 07 00 00 00           mov eax, 0x7
;;                6d  48 8b f7                 mov rsi, rdi
;;                70  48 8b f8                 mov rdi, rax
;;                73  e8 98 ff ff ff           call function 0
;;       0x45     78  5d                       pop rbp
;;                79  c3                       ret
;; block 2:
;;       0x49     7a  b8 1e 00 00 00           mov eax, 0x1e
;;                7f  5d                       pop rbp
;;                80  c3                       ret
;; block 3:
;;       0x4d     81  b8 14 00 00 00           mov eax, 0x14
;;                86  5d                       pop rbp
;;                87  c3                       ret
;; block 4:
;;       0x51     88  b8 0a 00 00 00           mov eax, 0xa
;;                8d  5d                       pop rbp
;;                8e  c3                       ret
;; block 5:
;;       0x55     8f  b8 00 00 00 00           mov eax, 0x0
;;                94  5d                       pop rbp
;;                95  c3                       ret
;;       0x2a     96  41 ff 56 18              trap StackOverflow
;;                9a  cc cc cc ff ff ff de ff  distances of a switch
;;                a2  ff ff e5 ff ff ff ec ff
;;                aa  ff ff f3 ff ff ff
;; 
