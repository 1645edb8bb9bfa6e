;; Counts are taken modulo the width.
(module
  (func (param i64) (result i64) (i64.shl (local.get 0) (i64.const 3)))
  (func (param i64) (result i64) (i64.shr_s (local.get 0) (i64.const 7)))
  (func (param i64) (result i64) (i64.shr_u (local.get 0) (i64.const 65)))
  (func (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 5)))
  (func (param i64) (result i64) (i64.rotr (local.get 0) (i64.const 9))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 3
;;   v2 = i64.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 7
;;   v2 = i64.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 65
;;   v2 = i64.shr_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 5
;;   v2 = i64.rotl v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 9
;;   v2 = i64.rotr v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shl rdi, 0x3
;;     20  mov rax, rdi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sar rdi, 0x7
;;     20  mov rax, rdi
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shr rdi, 0x1
;;     20  mov rax, rdi
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  rol rdi, 0x5
;;     20  mov rax, rdi
;;     23  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ror rdi, 0x9
;;     20  mov rax, rdi
;;     23  ret
