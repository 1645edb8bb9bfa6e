;; Each comparison is a branch.
(module
  (func (param i32) (result i32) (if (i32.eq (local.get 0) (i32.const 1)) (then (return (i32.const 10)))) (if (i32.eq (local.get 0) (i32.const 2)) (then (return (i32.const 20)))) (if (i32.eq (local.get 0) (i32.const 3)) (then (return (i32.const 30)))) (i32.const 40)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.eq v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 10
;;   return(v3)
;; b2:
;;   v4 = i32.const 2
;;   v5 = i32.eq v0 v4
;;   branch v5 b3 b4
;; b3:
;;   v6 = i32.const 20
;;   return(v6)
;; b4:
;;   v7 = i32.const 3
;;   v8 = i32.eq v0 v7
;;   branch v8 b5 b6
;; b5:
;;   v9 = i32.const 30
;;   return(v9)
;; b6:
;;   v10 = i32.const 40
;;   return(v10)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x1
;;     19  jne b2
;; block 1:
;;     21  mov eax, 0xa
;;     26  ret
;; block 2:
;;     27  cmp edi, 0x2
;;     30  jne b4
;; block 3:
;;     32  mov eax, 0x14
;;     37  ret
;; block 4:
;;     38  cmp edi, 0x3
;;     41  jne b6
;; block 5:
;;     43  mov eax, 0x1e
;;     48  ret
;; block 6:
;;     49  mov eax, 0x28
;;     54  ret
