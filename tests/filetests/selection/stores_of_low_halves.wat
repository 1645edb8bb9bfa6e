;; A store needs only the low bits.
(module
  (memory 1)
  (func (param i32 i64) (i32.store (local.get 0) (i32.wrap_i64 (local.get 1))))
  (func (param i32 i64) (i32.store8 (local.get 0) (i32.wrap_i64 (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = i32.wrap_i64 v1
;;   v3 = memory.base 0
;;   i32.store base v3 v0 v2
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = i32.wrap_i64 v1
;;   v3 = memory.base 0
;;   i32.store8 base v3 v0 v2
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov dword ptr [r15+rdi], esi
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov byte ptr [r15+rdi], sil
;;     20  ret
