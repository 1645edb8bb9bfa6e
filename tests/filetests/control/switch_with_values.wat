;; Each way carries the operand.
(module
  (func (param i32 i64) (result i64) (block (result i64) (block (result i64) (br_table 0 1 1 (local.get 1) (local.get 0))) (i64.add (i64.const 5)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   switch v0 b1 b2(v1) by [0, 1, 1]
;; b1:
;;   v2 = i64.const 5
;;   v3 = i64.add v1 v2
;;   jump b2(v3)
;; b2(v4: i64):
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x1
;;     19  jb b1
;;     21  jmp b2
;; block 1:
;;     23  lea rax, [rsi+0x5]
;;     27  mov rsi, rax
;; block 2:
;;     30  mov rax, rsi
;;     33  ret
