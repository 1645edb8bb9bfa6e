;; An operand of eight bytes does not become one of sixteen: what is loaded for copysign stays a load.
(module
  (memory 1)
  (func (param f64 i32) (result f64) (f64.copysign (local.get 0) (f64.load (local.get 1))))
  (func (param i32) (result f64) (f64.abs (f64.load (local.get 0))))
  (func (param i32) (result f32) (f32.neg (f32.load (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = f64.load base v2 v1
;;   v4 = f64.copysign v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = f64.load base v1 v0
;;   v3 = f64.abs v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = f32.load base v1 v0
;;   v3 = f32.neg v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd xmm1, qword ptr [r15+rdi]
;;     22  vandps xmm0, xmm0, xmmword ptr [rip]
;;     30  vandps xmm1, xmm1, xmmword ptr [rip]
;;     38  vorps xmm0, xmm0, xmm1
;;     42  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd xmm0, qword ptr [r15+rdi]
;;     22  vandps xmm0, xmm0, xmmword ptr [rip]
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovss xmm0, dword ptr [r15+rdi]
;;     22  vxorps xmm0, xmm0, xmmword ptr [rip]
;;     30  ret
