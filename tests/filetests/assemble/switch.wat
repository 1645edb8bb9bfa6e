(module (func (param i32) (result i32)
  (block (block (block (br_table 0 1 2 (local.get 0)))
    (return (i32.const 10))) (return (i32.const 20))) (i32.const 30)))
;; expect
;; function 0:
;; block 0:
;;      0  mov eax, 0x2
;;      5  cmp edi, eax
;;      7  cmovb eax, edi
;;     10  lea rcx, [rip]
;;     17  movsxd rax, dword ptr [rcx+rax*4]
;;     21  add rax, rcx
;;     24  jmp rax
;; block 1:
;;     26  mov eax, 0xa
;;     31  ret
;; block 2:
;;     32  mov eax, 0x14
;;     37  ret
;; block 3:
;;     38  mov eax, 0x1e
;;     43  ret
