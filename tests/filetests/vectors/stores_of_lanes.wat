;; One lane is stored; the first ones have shorter instructions.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32 v128) (v128.store8_lane 0 (local.get 0) (local.get 1)))
  (func (param i32 v128) (v128.store16_lane 7 (local.get 0) (local.get 1)))
  (func (param i32 v128) (v128.store32_lane 0 (local.get 0) (local.get 1)))
  (func (param i32 v128) (v128.store32_lane 3 (local.get 0) (local.get 1)))
  (func (param i32 v128) (v128.store64_lane 0 (local.get 0) (local.get 1)))
  (func (param i32 v128) (v128.store64_lane 1 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store8_lane base v2 lane 0 v0 v1
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store16_lane base v2 lane 7 v0 v1
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store32_lane base v2 lane 0 v0 v1
;;   return
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store32_lane base v2 lane 3 v0 v1
;;   return
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store64_lane base v2 lane 0 v0 v1
;;   return
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store64_lane base v2 lane 1 v0 v1
;;   return
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpextrb byte ptr [r15+rdi], xmm0, 0x0
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpextrw word ptr [r15+rdi], xmm0, 0x7
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovss dword ptr [r15+rdi], xmm0
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpextrd dword ptr [r15+rdi], xmm0, 0x3
;;     23  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd qword ptr [r15+rdi], xmm0
;;     22  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovhps qword ptr [r15+rdi], xmm0
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pextrb byte ptr [r15+rdi], xmm0, 0x0
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pextrw word ptr [r15+rdi], xmm0, 0x7
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movss dword ptr [r15+rdi], xmm0
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pextrd dword ptr [r15+rdi], xmm0, 0x3
;;     24  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsd qword ptr [r15+rdi], xmm0
;;     22  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movhps qword ptr [r15+rdi], xmm0
;;     21  ret
