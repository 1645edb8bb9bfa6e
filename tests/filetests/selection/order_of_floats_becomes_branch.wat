;; One flag for order, swapped operands for less.
(module
  (func (param f64 f64) (result i32) (if (result i32) (f64.lt (local.get 0) (local.get 1)) (then (i32.const 1)) (else (i32.const 2))))
  (func (param f32 f32) (result i32) (if (result i32) (f32.ge (local.get 0) (local.get 1)) (then (i32.const 1)) (else (i32.const 2)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.lt v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 1
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 2
;;   jump b3(v4)
;; b3(v5: i32):
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.ge v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 1
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 2
;;   jump b3(v4)
;; b3(v5: i32):
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm1, xmm0
;;     20  jbe b2
;; block 1:
;;     22  mov eax, 0x1
;;     27  jmp b3
;; block 2:
;;     29  mov eax, 0x2
;; block 3:
;;     34  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  jb b2
;; block 1:
;;     22  mov eax, 0x1
;;     27  jmp b3
;; block 2:
;;     29  mov eax, 0x2
;; block 3:
;;     34  ret
