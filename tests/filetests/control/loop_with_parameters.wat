;; A loop gets operands.
(module
  (func (param i32) (result i32) (local.get 0) (loop (param i32) (result i32) (i32.sub (i32.const 1)) (br_if 0 (local.tee 0) (i32.gt_s (local.get 0) (i32.const 10))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0, v0)
;; b1(v1: i32, v2: i32): loop to b3
;;   v3 = i32.const 1
;;   v4 = i32.const -1
;;   v5 = i32.add v1 v4
;;   v6 = i32.const 10
;;   v7 = i32.gt_s v5 v6
;;   branch v7 b1(v5, v5) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  add edi, -0x1
;;     35  cmp edi, 0xa
;;     38  jg b1
;; block 3:
;;     40  mov rax, rdi
;;     43  ret
