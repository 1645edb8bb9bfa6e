;; Neutral elements of sums.
(module
  (func (param i32) (result i32) (i32.add (local.get 0) (i32.const 0)))
  (func (param i32) (result i32) (i32.sub (local.get 0) (i32.const 0)))
  (func (param i64) (result i64) (i64.add (i64.const 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
