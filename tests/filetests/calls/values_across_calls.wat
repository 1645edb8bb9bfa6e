;; What is needed behind a call is kept in the frame.
;; engine: no_inlining
(module
  (func (param i32 i64 f64) (result f64) (call $f) (f64.add (local.get 2) (f64.convert_i64_s (i64.add (local.get 1) (i64.extend_i32_s (local.get 0))))))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = f64.argument 2
;;   call 1()
;;   v4 = i64.extend_i32_s v0
;;   v5 = i64.add v1 v4
;;   v6 = f64.convert_i64_s v5
;;   v7 = f64.add v2 v6
;;   return(v7)
;; function 1:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;;     38  mov qword ptr [rbp-0x10], r12
;; block 0:
;;     42  vmovsd qword ptr [rbp-0x20], xmm0
;;     47  mov r12, rdi
;;     50  mov rbx, rsi
;;     53  call function 1
;;     58  movsxd rax, r12d
;;     61  add rax, rbx
;;     64  vxorps xmm0, xmm0, xmm0
;;     68  vcvtsi2sd xmm0, xmm0, rax
;;     73  vmovsd xmm1, qword ptr [rbp-0x20]
;;     78  vaddsd xmm0, xmm1, xmm0
;;     82  mov rbx, qword ptr [rbp-0x8]
;;     86  mov r12, qword ptr [rbp-0x10]
;;     90  mov rsp, rbp
;;     93  pop rbp
;;     94  ret
;;     95  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
