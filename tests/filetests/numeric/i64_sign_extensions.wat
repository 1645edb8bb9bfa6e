;; Signs of parts.
(module
  (func (param i64) (result i64) (i64.extend8_s (local.get 0)))
  (func (param i64) (result i64) (i64.extend16_s (local.get 0)))
  (func (param i64) (result i64) (i64.extend32_s (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.extend8_s v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.extend16_s v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.extend32_s v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsx rax, dil
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsx rax, di
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsxd rax, edi
;;     19  ret
