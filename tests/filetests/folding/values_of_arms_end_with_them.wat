;; What one arm computes is not known behind both.
(module
  (func (param i32 i32) (result i32) (local $sum i32) (if (local.get 0) (then (local.set $sum (i32.mul (local.get 0) (local.get 1))))) (i32.add (local.get $sum) (i32.mul (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   branch v0 b1 b2(v2)
;; b1:
;;   v3 = i32.mul v0 v1
;;   jump b2(v3)
;; b2(v4: i32):
;;   v5 = i32.mul v0 v1
;;   v6 = i32.add v4 v5
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  test edi, edi
;;     23  je b2
;; block 1:
;;     25  mov rax, rdi
;;     28  imul eax, esi
;; block 2:
;;     31  imul edi, esi
;;     34  add eax, edi
;;     36  ret
