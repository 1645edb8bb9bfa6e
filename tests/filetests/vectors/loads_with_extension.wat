;; Eight bytes that are extended.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32) (result v128) (v128.load8x8_s (local.get 0)))
  (func (param i32) (result v128) (v128.load8x8_u (local.get 0)))
  (func (param i32) (result v128) (v128.load16x4_s (local.get 0)))
  (func (param i32) (result v128) (v128.load16x4_u (local.get 0)))
  (func (param i32) (result v128) (v128.load32x2_s (local.get 0)))
  (func (param i32) (result v128) (v128.load32x2_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load8x8_s base v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load8x8_u base v1 v0
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load16x4_s base v1 v0
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load16x4_u base v1 v0
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load32x2_s base v1 v0
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load32x2_u base v1 v0
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpmovsxbw xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpmovzxbw xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpmovsxwd xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpmovzxwd xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpmovsxdq xmm0, qword ptr [r15+rdi]
;;     22  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpmovzxdq xmm0, qword ptr [r15+rdi]
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pmovsxbw xmm0, qword ptr [r15+rdi]
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pmovzxbw xmm0, qword ptr [r15+rdi]
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pmovsxwd xmm0, qword ptr [r15+rdi]
;;     23  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pmovzxwd xmm0, qword ptr [r15+rdi]
;;     23  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pmovsxdq xmm0, qword ptr [r15+rdi]
;;     23  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  pmovzxdq xmm0, qword ptr [r15+rdi]
;;     23  ret
