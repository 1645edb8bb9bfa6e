;; The first and the last lane.
;; processors: full baseline
(module
  (func (param v128) (result i32) (i16x8.extract_lane_s 0 (local.get 0)))
  (func (param v128) (result i32) (i16x8.extract_lane_s 7 (local.get 0)))
  (func (param v128) (result i32) (i16x8.extract_lane_u 0 (local.get 0)))
  (func (param v128) (result i32) (i16x8.extract_lane_u 7 (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.extract_lane_s lane 0 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.extract_lane_s lane 7 v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.extract_lane_u lane 0 v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.extract_lane_u lane 7 v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpextrw eax, xmm0, 0x0
;;     21  movsx eax, ax
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpextrw eax, xmm0, 0x7
;;     21  movsx eax, ax
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpextrw eax, xmm0, 0x0
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vpextrw eax, xmm0, 0x7
;;     21  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pextrw eax, xmm0, 0x0
;;     21  movsx eax, ax
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pextrw eax, xmm0, 0x7
;;     21  movsx eax, ax
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pextrw eax, xmm0, 0x0
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  pextrw eax, xmm0, 0x7
;;     21  ret
