;; The index is compared with the ends of entries with equal targets; those with one entry need no comparison of their own.
(module
  (func (param i32) (result i32)
    (block (block (block (br_table 0 0 0 1 1 2 2 2 0 0 (local.get 0)))
      (return (i32.const 10))) (return (i32.const 20))) (i32.const 30))
  (func (param i32 i32) (result i32)
    (block (result i32) (block (result i32) (block (result i32)
      (br_table 0 0 1 2 2 0 (local.get 1) (local.get 0)))
      (return (i32.add (i32.const 10)))) (return (i32.add (i32.const 20)))) (i32.const 30) (i32.add)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   switch v0 b1 b2 b3 by [0, 0, 0, 1, 1, 2, 2, 2, 0, 0]
;; b1:
;;   v1 = i32.const 10
;;   return(v1)
;; b2:
;;   v2 = i32.const 20
;;   return(v2)
;; b3:
;;   v3 = i32.const 30
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   switch v0 b1 b2 b3 by [0, 0, 1, 2, 2, 0]
;; b1:
;;   v2 = i32.const 10
;;   v3 = i32.add v1 v2
;;   return(v3)
;; b2:
;;   v4 = i32.const 20
;;   v5 = i32.add v1 v4
;;   return(v5)
;; b3:
;;   v6 = i32.const 30
;;   v7 = i32.add v1 v6
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x3
;;     19  jb b1
;;     21  cmp edi, 0x5
;;     24  jb b2
;;     26  cmp edi, 0x8
;;     29  jb b3
;; block 1:
;;     31  mov eax, 0xa
;;     36  ret
;; block 2:
;;     37  mov eax, 0x14
;;     42  ret
;; block 3:
;;     43  mov eax, 0x1e
;;     48  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x2
;;     19  jb b1
;;     21  je b2
;;     23  cmp edi, 0x5
;;     26  jb b3
;; block 1:
;;     28  lea eax, [rsi+0xa]
;;     31  ret
;; block 2:
;;     32  lea eax, [rsi+0x14]
;;     35  ret
;; block 3:
;;     36  lea eax, [rsi+0x1e]
;;     39  ret
