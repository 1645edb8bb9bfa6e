;; A shift by a multiple of the width does nothing.
(module
  (func (param i32) (result i32) (i32.shl (local.get 0) (i32.const 32)))
  (func (param i32) (result i32) (i32.rotr (local.get 0) (i32.const 0)))
  (func (param i64) (result i64) (i64.shr_s (local.get 0) (i64.const 64))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 32
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 64
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
