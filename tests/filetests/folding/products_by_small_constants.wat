;; By 0, by 1, by powers of two.
(module
  (func (param i32) (result i32) (i32.mul (local.get 0) (i32.const 0)))
  (func (param i32) (result i32) (i32.mul (local.get 0) (i32.const 1)))
  (func (param i32) (result i32) (i32.mul (local.get 0) (i32.const 16)))
  (func (param i64) (result i64) (i64.mul (local.get 0) (i64.const 0x4000000000))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 16
;;   v2 = i32.const 4
;;   v3 = i32.shl v0 v2
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 274877906944
;;   v2 = i64.const 38
;;   v3 = i64.shl v0 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
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
;;     16  shl edi, 0x4
;;     19  mov rax, rdi
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shl rdi, 0x26
;;     20  mov rax, rdi
;;     23  ret
