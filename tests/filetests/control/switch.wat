;; A table of distances.
(module
  (func (param i32) (result i32) (block (block (block (block (br_table 0 1 2 3 (local.get 0))) (return (i32.const 10))) (return (i32.const 20))) (return (i32.const 30))) (i32.const 40)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   switch v0 b1 b2 b3 b4 by [0, 1, 2, 3]
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
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x3
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
