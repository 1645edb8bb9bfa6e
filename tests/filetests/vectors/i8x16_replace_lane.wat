;; The first and the last lane.
;; processors: full baseline
(module
  (func (param v128 i32) (result v128) (i8x16.replace_lane 0 (local.get 0) (local.get 1)))
  (func (param v128 i32) (result v128) (i8x16.replace_lane 15 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i8x16.replace_lane lane 0 v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = i8x16.replace_lane lane 15 v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpinsrb xmm0, xmm0, edi, 0x0
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpinsrb xmm0, xmm0, edi, 0xf
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pinsrb xmm0, edi, 0x0
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pinsrb xmm0, edi, 0xf
;;     22  ret
