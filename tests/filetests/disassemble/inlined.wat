;; Where instructions come from that are in inlined bodies, those that trap too.
(module
  (memory 1)
  (func $divide (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func $ratio (param i32) (result i32)
    (call $divide (i32.load (local.get 0)) (i32.load offset=4 (local.get 0))))
  (func (param i32 i32) (result i32)
    (i32.add (call $ratio (local.get 0)) (call $divide (local.get 0) (local.get 1)))))
;; expect
;; function 0 `divide`: 39 bytes at 0x0
;;       0x25      8  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                 c  4d 8b 7e 10              mov r15, qword ptr [r14+0x10]
;; block 0:
;;       0x2a     10  85 f6                    test esi, esi
;;                12  0f 84 0b 00 00 00        je trap1
;;                18  ba 00 00 00 00           mov edx, 0x0
;;                1d  48 8b c7                 mov rax, rdi
;;                20  f7 f6                    div esi
;;       0x2b     22  c3                       ret
;;       0x2a     23  41 ff 56 18              trap IntegerDivisionByZero
;; 
;; function 1 `ratio`: 45 bytes at 0x30
;;       0x2d     38  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                3c  4d 8b 7e 10              mov r15, qword ptr [r14+0x10]
;; block 0:
;;       0x30     40  41 8b 04 3f              mov eax, dword ptr [r15+rdi]
;;       0x35     44  41 8b 4c 3f 04           mov ecx, dword ptr [r15+rdi+0x4]
;; in function 0 `divide`, called at 0x38:
;;       0x2a     49  85 c9                    test ecx, ecx
;;                4b  0f 84 08 00 00 00        je trap1
;;                51  ba 00 00 00 00           mov edx, 0x0
;;                56  f7 f1                    div ecx
;; in the function itself:
;;       0x3a     58  c3                       ret
;; in function 0 `divide`, called at 0x38:
;;       0x2a     59  41 ff 56 18              trap IntegerDivisionByZero
;; 
;; function 2: 72 bytes at 0x80
;;       0x3c     88  4d 8b 73 08              mov r14, qword ptr [r11+0x8]
;;                8c  4d 8b 7e 10              mov r15, qword ptr [r14+0x10]
;; block 0:
;; in function 1 `ratio`, called at 0x3f:
;;       0x30     90  41 8b 04 3f              mov eax, dword ptr [r15+rdi]
;;       0x35     94  41 8b 4c 3f 04           mov ecx, dword ptr [r15+rdi+0x4]
;; in function 0 `divide`, called at 0x38:
;;       0x2a     99  85 c9                    test ecx, ecx
;;                9b  0f 84 1f 00 00 00        je trap1
;;                a1  ba 00 00 00 00           mov edx, 0x0
;;                a6  f7 f1                    div ecx
;; in function 0 `divide`, called at 0x45:
;;       0x2a     a8  85 f6                    test esi, esi
;;                aa  0f 84 14 00 00 00        je trap2
;;                b0  ba 00 00 00 00           mov edx, 0x0
;;                b5  48 8b c8                 mov rcx, rax
;;                b8  48 8b c7                 mov rax, rdi
;;                bb  f7 f6                    div esi
;; in the function itself:
;;       0x47     bd  03 c1                    add eax, ecx
;;       0x48     bf  c3                       ret
;; in function 0 `divide`, called at 0x38:
;;       0x2a     c0  41 ff 56 18              trap IntegerDivisionByZero
;; in function 0 `divide`, called at 0x45:
;;       0x2a     c4  41 ff 56 18              trap IntegerDivisionByZero
;; 
