;; Two ways.
(module
  (func (param i32) (result i32) (block (block (br_table 0 1 (local.get 0))) (return (i32.const 3))) (i32.const 4)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   switch v0 b1 b2 by [0, 1]
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
;;     21  jmp b2
;; block 1:
;;     23  mov eax, 0x3
;;     28  ret
;; block 2:
;;     29  mov eax, 0x4
;;     34  ret
