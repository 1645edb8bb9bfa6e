;; The values that differ are joined.
(module
  (func (param i32 i32) (result i32) (if (local.get 0) (then (local.set 1 (i32.const 3)))) (local.get 1)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   branch v0 b1 b2(v1)
;; b1:
;;   v2 = i32.const 3
;;   jump b2(v2)
;; b2(v3: i32):
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b2
;; block 1:
;;     20  mov eax, 0x3
;;     25  mov rsi, rax
;; block 2:
;;     28  mov rax, rsi
;;     31  ret
