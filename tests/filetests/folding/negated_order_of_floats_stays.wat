;; Not less is not greater or equal, if one is no number.
(module
  (func (param f64 f64) (result i32) (i32.eqz (f64.lt (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.lt v0 v1
;;   v3 = i32.eqz v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm1, xmm0
;;     20  seta al
;;     23  movzx eax, al
;;     26  test eax, eax
;;     28  sete al
;;     31  movzx eax, al
;;     34  ret
