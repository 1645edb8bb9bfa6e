;; Interruptions are looked for at the beginning.
;; engine: interruptable
(module
  (func (param i32) (result i32) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   poll
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov r11, qword ptr [r14+0x70]
;;     20  mov r11, qword ptr [r11+0x8]
;;     24  cmp byte ptr [r11], 0x0
;;     28  jne poll1
;;     34  mov rax, rdi
;;     37  ret
;;     38  call qword ptr [r14+0x20]
;;     42  jmp l2
