;; References to functions are words, too.
(module
  (table $a 1 funcref) (table $b 2 funcref)
  (func (param i32) (result funcref) (table.get $b (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = table.get 1 v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax+0x8]
;;     24  cmp rdi, qword ptr [rax+0x8]
;;     28  jae trap1
;;     34  mov rax, qword ptr [rax]
;;     37  mov rax, qword ptr [rax+rdi*8]
;;     41  ret
;;     42  trap TableOutOfBounds
