;; The operand is carried to where it is joined.
(module
  (func (param i32 i64) (result i64) (block (result i64) (br_if 0 (local.get 1) (local.get 0)) (i64.add (i64.const 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   branch v0 b2(v1) b1
;; b1:
;;   v2 = i64.const 1
;;   v3 = i64.add v1 v2
;;   jump b2(v3)
;; b2(v4: i64):
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b2
;; block 1:
;;     20  lea rax, [rsi+0x1]
;;     24  mov rsi, rax
;; block 2:
;;     27  mov rax, rsi
;;     30  ret
