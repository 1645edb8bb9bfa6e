;; Sixteen bytes need not be aligned with AVX only.
;; processors: full baseline
(module
  (memory 1)
  (func (param v128 i32) (result v128) (i32x4.add (local.get 0) (v128.load (local.get 1))))
  (func (param v128 i32) (result v128) (f32x4.mul (local.get 0) (v128.load (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load base v2 v1
;;   v4 = i32x4.add v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = v128.load base v2 v1
;;   v4 = f32x4.mul v0 v3
;;   return(v4)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vpaddd xmm0, xmm0, xmmword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmulps xmm0, xmm0, xmmword ptr [r15+rdi]
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movups xmm1, xmmword ptr [r15+rdi]
;;     21  paddd xmm0, xmm1
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movups xmm1, xmmword ptr [r15+rdi]
;;     21  mulps xmm0, xmm1
;;     24  ret
