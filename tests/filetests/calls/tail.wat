;; A jump.
(module
  (func (param i32) (result i32) (return_call $f (i32.add (local.get 0) (i32.const 1))))
  (func $f (param i32) (result i32) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return_call 1(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  add edi, 0x1
;;     19  jmp function 1
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
