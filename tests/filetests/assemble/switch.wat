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
;;     25  je b2
;;     31  jmp b3
;; block 1:
;;     36  mov eax, 0xa
;;     41  ret
;; block 2:
;;     42  mov eax, 0x14
;;     47  ret
;; block 3:
;;     48  mov eax, 0x1e
;;     53  ret
