;; So that the caller, an address and an extension can rely on it.
(module
  (func (param i64) (result i32) (i32.wrap_i64 (local.get 0)))
  (func (param i64) (result i64) (i64.extend_i32_u (i32.wrap_i64 (local.get 0))))
  (func (param i32 i32) (result i64) (i64.extend_i32_u (i32.sub (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.wrap_i64 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.wrap_i64 v0
;;   v2 = i64.extend_i32_u v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.sub v0 v1
;;   v3 = i64.extend_i32_u v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, edi
;;     18  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, edi
;;     18  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sub edi, esi
;;     18  mov rax, rdi
;;     21  ret
