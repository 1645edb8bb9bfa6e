;; Writing is as reading.
(module
  (table 2 externref)
  (func (param i32 externref) (table.set (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   table.set 0 v0 v1
;;   return
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
;;     36  mov qword ptr [rax+rdi*8], rsi
;;     40  ret
;;     41  trap TableOutOfBounds
