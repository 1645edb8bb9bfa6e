;; Constants are the right operand of what is commutative.
(module
  (func (param i32) (result i32) (i32.mul (i32.const 3) (local.get 0)))
  (func (param i32) (result i32) (i32.xor (i32.const 3) (local.get 0)))
  (func (param i64) (result i64) (i64.and (i64.const 3) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 3
;;   v2 = i32.mul v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 3
;;   v2 = i32.xor v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 3
;;   v2 = i64.and v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul eax, edi, 0x3
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xor edi, 0x3
;;     19  mov rax, rdi
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and rdi, 0x3
;;     20  mov rax, rdi
;;     23  ret
