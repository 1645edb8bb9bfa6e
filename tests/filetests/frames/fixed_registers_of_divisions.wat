;; Dividend and quotient are in rax, the rest in rdx.
(module
  (func (param i32 i32 i32) (result i32) (i32.add (i32.div_u (local.get 0) (local.get 1)) (i32.rem_u (local.get 2) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.div_u v0 v1
;;   v4 = i32.rem_u v2 v1
;;   v5 = i32.add v3 v4
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je trap1
;;     24  mov rcx, rdx
;;     27  mov rax, rdi
;;     30  mov edx, 0x0
;;     35  div esi
;;     37  test esi, esi
;;     39  je trap2
;;     45  mov edx, 0x0
;;     50  mov rdi, rax
;;     53  mov rax, rcx
;;     56  div esi
;;     58  mov rax, rdx
;;     61  add eax, edi
;;     63  ret
;;     64  trap IntegerDivisionByZero
;;     68  trap IntegerDivisionByZero
