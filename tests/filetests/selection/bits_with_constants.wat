;; Constants of bits are part of the instruction.
(module
  (func (param i32) (result i32) (i32.or (local.get 0) (i32.const 5)))
  (func (param i64) (result i64) (i64.or (local.get 0) (i64.const 0x100)))
  (func (param i64) (result i64) (i64.xor (local.get 0) (i64.const -1)))
  (func (param i64) (result i64) (i64.and (local.get 0) (i64.const -16))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 5
;;   v2 = i32.or v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 256
;;   v2 = i64.or v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -1
;;   v2 = i64.xor v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -16
;;   v2 = i64.and v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  or edi, 0x5
;;     19  mov rax, rdi
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  or rdi, 0x100
;;     23  mov rax, rdi
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xor rdi, -0x1
;;     20  mov rax, rdi
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and rdi, -0x10
;;     20  mov rax, rdi
;;     23  ret
