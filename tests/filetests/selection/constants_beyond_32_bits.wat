;; They are in a register.
(module
  (func (param i64) (result i64) (i64.and (local.get 0) (i64.const 0xFFFFFFFF)))
  (func (param i64) (result i64) (i64.xor (local.get 0) (i64.const 0x8000000000000000))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 4294967295
;;   v2 = i64.and v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -9223372036854775808
;;   v2 = i64.xor v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0xffffffff
;;     21  and rax, rdi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x8000000000000000
;;     26  xor rax, rdi
;;     29  ret
