;; The first and the last lane.
;; processors: full baseline
(module
  (func (param v128) (result i64) (i64x2.extract_lane 0 (local.get 0)))
  (func (param v128) (result i64) (i64x2.extract_lane 1 (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.extract_lane lane 0 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i64x2.extract_lane lane 1 v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovq rax, xmm0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpextrq rax, xmm0, 0x1
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movq rax, xmm0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pextrq rax, xmm0, 0x1
;;     23  ret
