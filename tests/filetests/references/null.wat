;; Null is zero.
(module
  (func (result funcref) (ref.null func))
  (func (result externref) (ref.null extern)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.const 0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i64.const 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
