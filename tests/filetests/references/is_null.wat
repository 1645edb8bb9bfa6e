;; It is compared with zero.
(module
  (func (param externref) (result i32) (ref.is_null (local.get 0)))
  (func (param funcref) (result i32) (if (result i32) (ref.is_null (local.get 0)) (then (i32.const 3)) (else (i32.const 4)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.eqz v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.eqz v0
;;   branch v1 b1 b2
;; b1:
;;   v2 = i32.const 3
;;   jump b3(v2)
;; b2:
;;   v3 = i32.const 4
;;   jump b3(v3)
;; b3(v4: i32):
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rdi, rdi
;;     19  sete al
;;     22  movzx eax, al
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rdi, rdi
;;     19  jne b2
;; block 1:
;;     21  mov eax, 0x3
;;     26  jmp b3
;; block 2:
;;     28  mov eax, 0x4
;; block 3:
;;     33  ret
