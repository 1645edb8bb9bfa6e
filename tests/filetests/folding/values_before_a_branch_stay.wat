;; What was computed before a construct is known in and behind it.
(module
  (func (param i32 i32) (result i32) (local $product i32) (local.set $product (i32.mul (local.get 0) (local.get 1))) (if (local.get 0) (then (local.set 0 (i32.mul (local.get 0) (local.get 1))))) (i32.add (local.get 0) (local.get $product))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = i32.mul v0 v1
;;   branch v0 b1 b2(v0)
;; b1:
;;   jump b2(v3)
;; b2(v4: i32):
;;   v5 = i32.add v3 v4
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul esi, edi
;;     19  test edi, edi
;;     21  je b2
;; block 1:
;;     23  mov rdi, rsi
;; block 2:
;;     26  lea eax, [rsi+rdi]
;;     29  ret
