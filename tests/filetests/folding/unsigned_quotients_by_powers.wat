;; Shifts and masks.
(module
  (func (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 8)))
  (func (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 8)))
  (func (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 0x100000000)))
  (func (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.const 3
;;   v3 = i32.shr_u v0 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.const 7
;;   v3 = i32.and v0 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 4294967296
;;   v2 = i64.const 32
;;   v3 = i64.shr_u v0 v2
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 2
;;   v2 = i64.const 1
;;   v3 = i64.and v0 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shr edi, 0x3
;;     19  mov rax, rdi
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7
;;     19  mov rax, rdi
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shr rdi, 0x20
;;     20  mov rax, rdi
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and rdi, 0x1
;;     20  mov rax, rdi
;;     23  ret
