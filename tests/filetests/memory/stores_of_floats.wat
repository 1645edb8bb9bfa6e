;; Stores from vector registers.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32 f32) (f32.store (local.get 0) (local.get 1)))
  (func (param i32 f64) (f64.store (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f32.argument 1
;;   v2 = memory.base 0
;;   f32.store base v2 v0 v1
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.argument 1
;;   v2 = memory.base 0
;;   f64.store base v2 v0 v1
;;   return
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovss dword ptr [r15+rdi], xmm0
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd qword ptr [r15+rdi], xmm0
;;     22  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movss dword ptr [r15+rdi], xmm0
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsd qword ptr [r15+rdi], xmm0
;;     22  ret
