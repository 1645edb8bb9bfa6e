;; One lane is replaced by what is in memory.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32 v128) (result v128) (v128.load8_lane 15 (local.get 0) (local.get 1)))
  (func (param i32 v128) (result v128) (v128.load16_lane 7 (local.get 0) (local.get 1)))
  (func (param i32 v128) (result v128) (v128.load32_lane 3 (local.get 0) (local.get 1)))
  (func (param i32 v128) (result v128) (v128.load64_lane 0 (local.get 0) (local.get 1)))
  (func (param i32 v128) (result v128) (v128.load64_lane 1 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load8_lane base v2 lane 15 v0 v1
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load16_lane base v2 lane 7 v0 v1
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load32_lane base v2 lane 3 v0 v1
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load64_lane base v2 lane 0 v0 v1
;;   return(v3)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load64_lane base v2 lane 1 v0 v1
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpinsrb xmm0, xmm0, byte ptr [r15+rdi], 0xf
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpinsrw xmm0, xmm0, word ptr [r15+rdi], 0x7
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpinsrd xmm0, xmm0, dword ptr [r15+rdi], 0x3
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpinsrq xmm0, xmm0, qword ptr [r15+rdi], 0x0
;;     23  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpinsrq xmm0, xmm0, qword ptr [r15+rdi], 0x1
;;     23  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pinsrb xmm0, byte ptr [r15+rdi], 0xf
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pinsrw xmm0, word ptr [r15+rdi], 0x7
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pinsrd xmm0, dword ptr [r15+rdi], 0x3
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pinsrq xmm0, qword ptr [r15+rdi], 0x0
;;     24  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pinsrq xmm0, qword ptr [r15+rdi], 0x1
;;     24  ret
