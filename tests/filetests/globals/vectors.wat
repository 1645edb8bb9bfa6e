;; Sixteen bytes.
;; processors: full baseline
(module
  (global $v (mut v128) (v128.const i64x2 0 0))
  (func (param v128) (result v128) (global.get $v) (global.set $v (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.global.get 0
;;   global.set 0 v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovups xmm1, xmmword ptr [r14+0x90]
;;     25  vmovups xmmword ptr [r14+0x90], xmm0
;;     34  vmovaps xmm0, xmm1
;;     38  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movups xmm1, xmmword ptr [r14+0x90]
;;     24  movups xmmword ptr [r14+0x90], xmm0
;;     32  movaps xmm0, xmm1
;;     35  ret
