;; Bits move between the kinds of registers.
;; processors: full baseline
(module
  (func (param f32) (result i32) (i32.reinterpret_f32 (local.get 0)))
  (func (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))
  (func (param i32) (result f32) (f32.reinterpret_i32 (local.get 0)))
  (func (param i64) (result f64) (f64.reinterpret_i64 (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.reinterpret_f32 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i64.reinterpret_f64 v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f32.reinterpret_i32 v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = f64.reinterpret_i64 v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd eax, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovq rax, xmm0
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovd xmm0, edi
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovq xmm0, rdi
;;     21  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movd eax, xmm0
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movq rax, xmm0
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movd xmm0, edi
;;     20  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movq xmm0, rdi
;;     21  ret
