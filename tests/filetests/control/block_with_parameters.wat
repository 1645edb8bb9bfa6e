;; Parameters are operands.
(module
  (func (param i32) (result i32) (local.get 0) (block (param i32) (result i32) (i32.const 1) (i32.add))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+0x1]
;;     19  ret
