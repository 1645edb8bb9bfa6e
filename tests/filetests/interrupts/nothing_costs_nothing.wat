;; Constructs and nop are free.
;; engine: consume_fuel
(module
  (func (block (nop))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
