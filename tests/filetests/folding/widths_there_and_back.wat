;; Wrapping takes back an extension.
(module
  (func (param i32) (result i32) (i32.wrap_i64 (i64.extend_i32_s (local.get 0))))
  (func (param i32) (result i32) (i32.wrap_i64 (i64.extend_i32_u (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.extend_i32_s v0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.extend_i32_u v0
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
