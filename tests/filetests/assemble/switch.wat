(module (func (param i32) (result i32)
  (block (block (block (br_table 0 1 2 (local.get 0)))
    (return (i32.const 10))) (return (i32.const 20))) (i32.const 30)))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x2
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
