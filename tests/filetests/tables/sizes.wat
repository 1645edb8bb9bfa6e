;; Sizes are read.
(module
  (table $a 1 funcref) (table $b 2 funcref)
  (func (result i32) (table.size $a))
  (func (result i32) (table.size $b)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = table.size 0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = table.size 1
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax]
;;     23  mov rax, qword ptr [rax+0x8]
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax+0x8]
;;     24  mov rax, qword ptr [rax+0x8]
;;     28  ret
