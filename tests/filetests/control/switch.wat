;; Two comparisons for four ways.
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
;;     16  cmp edi, 0x1
;;     19  jb b1
;;     21  je b2
;;     23  cmp edi, 0x3
;;     26  jb b3
;;     28  jmp b4
;; block 1:
;;     30  mov eax, 0xa
;;     35  ret
;; block 2:
;;     36  mov eax, 0x14
;;     41  ret
;; block 3:
;;     42  mov eax, 0x1e
;;     47  ret
;; block 4:
;;     48  mov eax, 0x28
;;     53  ret
