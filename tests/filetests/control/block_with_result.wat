;; Two ways to a label.
(module
  (func (param i32 i32) (result i32) (block (result i32) (drop (br_if 0 (local.get 0) (local.get 1))) (i32.const 9))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   branch v1 b2(v0) b1
;; b1:
;;   v2 = i32.const 9
;;   jump b2(v2)
;; b2(v3: i32):
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  jne b2
;; block 1:
;;     20  mov eax, 0x9
;;     25  mov rdi, rax
;; block 2:
;;     28  mov rax, rdi
;;     31  ret
