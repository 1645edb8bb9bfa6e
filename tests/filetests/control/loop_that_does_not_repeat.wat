;; Nothing goes back: it is no loop.
(module
  (func (param i32) (result i32) (loop (result i32) (i32.add (local.get 0) (i32.const 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1
;; b1:
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;; block 1:
;;     16  lea eax, [rdi+0x1]
;;     19  ret
