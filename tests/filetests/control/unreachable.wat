;; A trap is the end of a block.
(module
  (func (unreachable))
  (func (param i32) (result i32) (if (local.get 0) (then (unreachable))) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   trap UnreachableCodeReached
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b2
;; b1:
;;   trap UnreachableCodeReached
;; b2:
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  trap UnreachableCodeReached
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b1
;; block 2:
;;     24  mov rax, rdi
;;     27  ret
;; block 1:
;;     28  trap UnreachableCodeReached
