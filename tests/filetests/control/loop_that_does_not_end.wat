;; No way leads out.
(module
  (func (loop (br 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   jump b1
;; b1: loop to b2
;;   jump b1
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  jmp b1
