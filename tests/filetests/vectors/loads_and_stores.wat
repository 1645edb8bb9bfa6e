;; Sixteen bytes.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32) (result v128) (v128.load (local.get 0)))
  (func (param i32 v128) (v128.store (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load base v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store base v2 v0 v1
;;   return
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovups xmm0, xmmword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovups xmmword ptr [r15+rdi], xmm0
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movups xmm0, xmmword ptr [r15+rdi]
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movups xmmword ptr [r15+rdi], xmm0
;;     21  ret
