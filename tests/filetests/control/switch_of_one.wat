;; Only the default is left.
(module
  (func (param i32) (result i32) (block (br_table 0 (local.get 0))) (i32.const 3)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1
;; b1:
;;   v1 = i32.const 3
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;; block 1:
;;     16  mov eax, 0x3
;;     21  ret
