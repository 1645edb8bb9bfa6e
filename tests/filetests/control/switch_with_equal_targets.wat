;; Labels occur several times.
(module
  (func (param i32) (result i32) (block (block (br_table 0 1 0 1 1 0 (local.get 0))) (return (i32.const 3))) (i32.const 4)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   switch v0 b1 b2 by [0, 1, 0, 1, 1, 0]
;; b1:
;;   v1 = i32.const 3
;;   return(v1)
;; b2:
;;   v2 = i32.const 4
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x1
;;     19  jb b1
;;     21  je b2
;;     23  cmp edi, 0x3
;;     26  jb b1
;;     28  cmp edi, 0x5
;;     31  jb b2
;; block 1:
;;     33  mov eax, 0x3
;;     38  ret
;; block 2:
;;     39  mov eax, 0x4
;;     44  ret
