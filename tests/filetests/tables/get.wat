;; An index is compared with the size.
(module
  (table 2 externref)
  (func (param i32) (result externref) (table.get (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = table.get 0 v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax]
;;     23  cmp rdi, qword ptr [rax+0x8]
;;     27  jae trap1
;;     33  mov rax, qword ptr [rax]
;;     36  mov rax, qword ptr [rax+rdi*8]
;;     40  ret
;;     41  trap TableOutOfBounds
