;; Two flags, so two jumps.
(module
  (func (param f64 f64) (result i32) (if (result i32) (f64.eq (local.get 0) (local.get 1)) (then (i32.const 3)) (else (i32.const 4))))
  (func (param f32 f32) (result i32) (if (result i32) (f32.ne (local.get 0) (local.get 1)) (then (i32.const 3)) (else (i32.const 4)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.eq v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 3
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 4
;;   jump b3(v4)
;; b3(v5: i32):
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.ne v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 3
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 4
;;   jump b3(v4)
;; b3(v5: i32):
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  jp b2
;;     22  jne b2
;; block 1:
;;     24  mov eax, 0x3
;;     29  jmp b3
;; block 2:
;;     31  mov eax, 0x4
;; block 3:
;;     36  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  jp l4
;;     26  je b2
;; block 1:
;;     28  mov eax, 0x3
;;     33  jmp b3
;; block 2:
;;     35  mov eax, 0x4
;; block 3:
;;     40  ret
