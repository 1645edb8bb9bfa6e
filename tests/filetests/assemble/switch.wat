(module (func (param i32) (result i32)
  (block (block (block (br_table 0 1 2 (local.get 0)))
    (return (i32.const 10))) (return (i32.const 20))) (i32.const 30)))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x1
;;     19  jb b1
;;     21  je b2
;;     23  jmp b3
;; block 1:
;;     25  mov eax, 0xa
;;     30  ret
;; block 2:
;;     31  mov eax, 0x14
;;     36  ret
;; block 3:
;;     37  mov eax, 0x1e
;;     42  ret
