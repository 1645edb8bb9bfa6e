;; They are known, but not of what may be no number.
(module
  (func (param i32) (result i32) (i32.eq (local.get 0) (local.get 0)))
  (func (param i32) (result i32) (i32.lt_u (local.get 0) (local.get 0)))
  (func (param i64) (result i32) (i64.ge_s (local.get 0) (local.get 0)))
  (func (param f64) (result i32) (f64.eq (local.get 0) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.const 1
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.eq v0 v0
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm0
;;     20  sete al
;;     23  setnp cl
;;     26  and eax, ecx
;;     28  movzx eax, al
;;     31  ret
