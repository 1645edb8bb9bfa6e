;; So are numbers.
;; processors: full baseline
;; engine: no_inlining
(module
  (func (call $f (f64.const 1) (f64.const 2) (f64.const 3) (f64.const 4) (f64.const 5) (f64.const 6) (f64.const 7) (f64.const 8) (f64.const 9) (f64.const 10)))
  (func $f (param f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.const 1.0
;;   v1 = f64.const 2.0
;;   v2 = f64.const 3.0
;;   v3 = f64.const 4.0
;;   v4 = f64.const 5.0
;;   v5 = f64.const 6.0
;;   v6 = f64.const 7.0
;;   v7 = f64.const 8.0
;;   v8 = f64.const 9.0
;;   v9 = f64.const 10.0
;;   call 1(v0, v1, v2, v3, v4, v5, v6, v7, v8, v9)
;;   return
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.argument 2
;;   v3 = f64.argument 3
;;   v4 = f64.argument 4
;;   v5 = f64.argument 5
;;   v6 = f64.argument 6
;;   v7 = f64.argument 7
;;   v8 = f64.argument 8
;;   v9 = f64.argument 9
;;   return
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;; block 0:
;;     34  vmovsd xmm0, qword ptr [rip]
;;     42  vmovsd xmm1, qword ptr [rip]
;;     50  vmovsd xmm2, qword ptr [rip]
;;     58  vmovsd xmm3, qword ptr [rip]
;;     66  vmovsd xmm4, qword ptr [rip]
;;     74  vmovsd xmm5, qword ptr [rip]
;;     82  vmovsd xmm6, qword ptr [rip]
;;     90  vmovsd xmm7, qword ptr [rip]
;;     98  vmovsd xmm8, qword ptr [rip]
;;    106  vmovsd qword ptr [rsp], xmm8
;;    111  vmovsd xmm8, qword ptr [rip]
;;    119  vmovsd qword ptr [rsp+0x8], xmm8
;;    125  call function 1
;;    130  sub rsp, 0x10
;;    134  mov rsp, rbp
;;    137  pop rbp
;;    138  ret
;;    139  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret 0x10
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;; block 0:
;;     34  movsd xmm0, qword ptr [rip]
;;     42  movsd xmm1, qword ptr [rip]
;;     50  movsd xmm2, qword ptr [rip]
;;     58  movsd xmm3, qword ptr [rip]
;;     66  movsd xmm4, qword ptr [rip]
;;     74  movsd xmm5, qword ptr [rip]
;;     82  movsd xmm6, qword ptr [rip]
;;     90  movsd xmm7, qword ptr [rip]
;;     98  movsd xmm8, qword ptr [rip]
;;    107  movsd qword ptr [rsp], xmm8
;;    113  movsd xmm8, qword ptr [rip]
;;    122  movsd qword ptr [rsp+0x8], xmm8
;;    129  call function 1
;;    134  sub rsp, 0x10
;;    138  mov rsp, rbp
;;    141  pop rbp
;;    142  ret
;;    143  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret 0x10
