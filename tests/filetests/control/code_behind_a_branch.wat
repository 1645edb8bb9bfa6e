;; It is not reached, and not built.
(module
  (func (param i32) (result i32) (block (br 0) (drop (i32.div_u (local.get 0) (i32.const 0)))) (local.get 0))
  (func (param i32) (result i32) (return (local.get 0)) (unreachable)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1
;; b1:
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;; block 1:
;;     16  mov rax, rdi
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
