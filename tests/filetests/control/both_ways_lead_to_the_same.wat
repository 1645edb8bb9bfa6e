;; An arm that is empty is still branched to.
(module
  (func (param i32) (result i32) (if (local.get 0) (then)) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b2
;; b1:
;;   jump b2
;; b2:
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b2
;; block 2:
;;     20  mov rax, rdi
;;     23  ret
