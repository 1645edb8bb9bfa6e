;; Reinterpreting twice is nothing.
(module
  (func (param f32) (result f32) (f32.reinterpret_i32 (i32.reinterpret_f32 (local.get 0))))
  (func (param i64) (result i64) (i64.reinterpret_f64 (f64.reinterpret_i64 (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.reinterpret_f32 v0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = f64.reinterpret_i64 v0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
