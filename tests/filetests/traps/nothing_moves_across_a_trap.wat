;; The store before a division is made, the one behind it is not.
(module
  (memory 1)
  (func (param i32 i32) (i32.store (local.get 0) (i32.const 1)) (drop (i32.div_u (local.get 0) (local.get 1))) (i32.store (local.get 0) (i32.const 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 1
;;   v3 = memory.base 0
;;   i32.store base v3 v0 v2
;;   v5 = i32.div_u v0 v1
;;   v6 = i32.const 2
;;   i32.store base v3 v0 v6
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov dword ptr [r15+rdi], 0x1
;;     24  test esi, esi
;;     26  je trap1
;;     32  mov edx, 0x0
;;     37  mov rax, rdi
;;     40  div esi
;;     42  mov dword ptr [r15+rdi], 0x2
;;     50  ret
;;     51  trap IntegerDivisionByZero
