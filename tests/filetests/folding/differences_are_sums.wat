;; A constant that is taken away is added.
(module
  (func (param i32) (result i32) (i32.sub (local.get 0) (i32.const 5)))
  (func (param i64) (result i64) (i64.sub (local.get 0) (i64.const 5))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 5
;;   v2 = i32.const -5
;;   v3 = i32.add v0 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 5
;;   v2 = i64.const -5
;;   v3 = i64.add v0 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi-0x5]
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea rax, [rdi-0x5]
;;     20  ret
