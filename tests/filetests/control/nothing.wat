;; Nothing again, and what nobody needs.
(module
  (func (nop) (drop (i32.const 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
