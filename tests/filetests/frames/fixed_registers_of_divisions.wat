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
;;     24  mov eax, 0x0
;;     29  mov rcx, rdx
;;     32  mov rdx, rax
;;     35  mov rax, rdi
;;     38  div esi
;;     40  test esi, esi
;;     42  je trap2
;;     48  mov edx, 0x0
;;     53  mov rdi, rax
;;     56  mov rax, rcx
;;     59  div esi
;;     61  mov rax, rdx
;;     64  add eax, edi
;;     66  ret
;;     67  trap IntegerDivisionByZero
;;     71  trap IntegerDivisionByZero
