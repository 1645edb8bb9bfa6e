;; One way ends in a jump, the other returns.
(module
  (func (param i32) (result i32) (if (local.get 0) (then (return_call $f (local.get 0)))) (i32.const 3))
  (func $f (param i32) (result i32) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b2
;; b1:
;;   return_call 1(v0)
;; b2:
;;   v1 = i32.const 3
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b2
;; block 1:
;;     20  jmp function 1
;; block 2:
;;     25  mov eax, 0x3
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
