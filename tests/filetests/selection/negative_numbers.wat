;; A difference from zero is the negative number.
(module
  (func (param i32) (result i32) (i32.sub (i32.const 0) (local.get 0)))
  (func (param i64) (result i64) (i64.sub (i64.const 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.sub v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 0
;;   v2 = i64.sub v1 v0
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  neg edi
;;     18  mov rax, rdi
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  neg rdi
;;     19  mov rax, rdi
;;     22  ret
