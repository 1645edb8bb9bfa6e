;; Indices of 64 bits are compared as they are.
(module
  (table i64 1 funcref)
  (func (param i64) (result funcref) (table.get (local.get 0)))
  (func (result i64) (table.size)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = table.get 0 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = table.size 0
;;   return(v0)
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
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax]
;;     23  mov rax, qword ptr [rax+0x8]
;;     27  ret
