;; Operations on single bits, of 32 bits.
(module
  (func (param i32 i32) (result i32) (i32.and (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.or (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.xor (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.and v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.or v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.xor v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, esi
;;     18  mov rax, rdi
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  or edi, esi
;;     18  mov rax, rdi
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xor edi, esi
;;     18  mov rax, rdi
;;     21  ret
