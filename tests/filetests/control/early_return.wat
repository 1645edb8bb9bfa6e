;; A return in an arm.
(module
  (func (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (i32.const 3)))) (i32.mul (local.get 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   branch v0 b2 b1
;; b1:
;;   v2 = i32.const 3
;;   return(v2)
;; b2:
;;   v3 = i32.mul v0 v0
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b2
;; block 1:
;;     20  mov eax, 0x3
;;     25  ret
;; block 2:
;;     26  imul edi, edi
;;     29  mov rax, rdi
;;     32  ret
