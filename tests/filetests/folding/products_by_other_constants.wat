;; Other factors stay.
(module
  (func (param i32) (result i32) (i32.mul (local.get 0) (i32.const 10)))
  (func (param i64) (result i64) (i64.mul (local.get 0) (i64.const -3)))
  (func (param i64) (result i64) (i64.mul (local.get 0) (i64.const 0x123456789A))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 10
;;   v2 = i32.mul v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -3
;;   v2 = i64.mul v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 78187493530
;;   v2 = i64.mul v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul eax, edi, 0xa
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul rax, rdi, -0x3
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x123456789a
;;     26  imul rax, rdi
;;     30  ret
