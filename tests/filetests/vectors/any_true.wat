;; Any bit at all.
;; processors: full baseline
(module
  (func (param v128) (result i32) (v128.any_true (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.any_true v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vptest xmm0, xmm0
;;     21  setne al
;;     24  movzx eax, al
;;     27  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ptest xmm0, xmm0
;;     21  setne al
;;     24  movzx eax, al
;;     27  ret
