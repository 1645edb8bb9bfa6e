;; Both arms get them.
(module
  (func (param i32 i32) (result i32) (local.get 0) (if (param i32) (result i32) (local.get 1) (then (i32.const 1) (i32.add)) (else (i32.const 2) (i32.mul)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   branch v1 b1 b2
;; b1:
;;   v2 = i32.const 1
;;   v3 = i32.add v0 v2
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 2
;;   v5 = i32.const 1
;;   v6 = i32.shl v0 v5
;;   jump b3(v6)
;; b3(v7: i32):
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  je b2
;; block 1:
;;     20  lea eax, [rdi+0x1]
;;     23  jmp b3
;; block 2:
;;     25  shl edi, 0x1
;;     28  mov rax, rdi
;; block 3:
;;     31  ret
