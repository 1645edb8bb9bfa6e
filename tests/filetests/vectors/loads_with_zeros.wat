;; The other lanes are zero.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32) (result v128) (v128.load32_zero (local.get 0)))
  (func (param i32) (result v128) (v128.load64_zero (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load32_zero base v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = v128.load64_zero base v1 v0
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovss xmm0, dword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd xmm0, qword ptr [r15+rdi]
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movss xmm0, dword ptr [r15+rdi]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsd xmm0, qword ptr [r15+rdi]
;;     22  ret
