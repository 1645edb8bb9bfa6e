;; A global is set before the trap.
(module
  (global $g (mut i32) (i32.const 0))
  (func (param i32) (global.set $g (local.get 0)) (unreachable)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   global.set 0 v0
;;   trap UnreachableCodeReached
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov qword ptr [r14+0x90], rdi
;;     23  trap UnreachableCodeReached
