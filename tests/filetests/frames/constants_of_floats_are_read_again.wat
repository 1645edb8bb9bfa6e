;; So are numbers.
;; engine: no_inlining
(module
  (func (param f64) (result f64) (local $c f64) (local.set $c (f64.const 2.5)) (call $f) (f64.mul (f64.add (local.get 0) (local.get $c)) (local.get $c)))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.const 0.0
;;   v2 = f64.const 2.5
;;   call 1()
;;   v4 = f64.add v0 v2
;;   v5 = f64.mul v4 v2
;;   return(v5)
;; function 1:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;; block 0:
;;     34  vmovsd qword ptr [rbp-0x10], xmm0
;;     39  call function 1
;;     44  vmovsd xmm0, qword ptr [rbp-0x10]
;;     49  vaddsd xmm0, xmm0, qword ptr [rip]
;;     57  vmulsd xmm0, xmm0, qword ptr [rip]
;;     65  mov rsp, rbp
;;     68  pop rbp
;;     69  ret
;;     70  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
