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
;;     25  je b2
;;     31  cmp edi, 0x3
;;     34  jb b3
;;     40  jmp b4
;; block 1:
;;     45  mov eax, 0xa
;;     50  ret
;; block 2:
;;     51  mov eax, 0x14
;;     56  ret
;; block 3:
;;     57  mov eax, 0x1e
;;     62  ret
;; block 4:
;;     63  mov eax, 0x28
;;     68  ret
