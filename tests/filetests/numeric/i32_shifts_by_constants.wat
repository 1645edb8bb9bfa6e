;; Counts are taken modulo the width.
(module
  (func (param i32) (result i32) (i32.shl (local.get 0) (i32.const 3)))
  (func (param i32) (result i32) (i32.shr_s (local.get 0) (i32.const 7)))
  (func (param i32) (result i32) (i32.shr_u (local.get 0) (i32.const 33)))
  (func (param i32) (result i32) (i32.rotl (local.get 0) (i32.const 5)))
  (func (param i32) (result i32) (i32.rotr (local.get 0) (i32.const 9))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 3
;;   v2 = i32.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 7
;;   v2 = i32.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 33
;;   v2 = i32.shr_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 5
;;   v2 = i32.rotl v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 9
;;   v2 = i32.rotr v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shl edi, 0x3
;;     19  mov rax, rdi
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sar edi, 0x7
;;     19  mov rax, rdi
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shr edi, 0x1
;;     19  mov rax, rdi
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  rol edi, 0x5
;;     19  mov rax, rdi
;;     22  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ror edi, 0x9
;;     19  mov rax, rdi
;;     22  ret
