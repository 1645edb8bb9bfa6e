;; Vectors take two words.
;; engine: no_inlining
(module
  (func (param v128) (call $f (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)))
  (func $f (param v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   call 1(v0, v0, v0, v0, v0, v0, v0, v0, v0, v0)
;;   return
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.argument 1
;;   v2 = v128.argument 2
;;   v3 = v128.argument 3
;;   v4 = v128.argument 4
;;   v5 = v128.argument 5
;;   v6 = v128.argument 6
;;   v7 = v128.argument 7
;;   v8 = v128.argument 8
;;   v9 = v128.argument 9
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
;; block 0:
;;     34  vmovups xmmword ptr [rsp], xmm0
;;     39  vmovups xmmword ptr [rsp+0x10], xmm0
;;     45  vmovaps xmm7, xmm0
;;     49  vmovaps xmm6, xmm0
;;     53  vmovaps xmm5, xmm0
;;     57  vmovaps xmm4, xmm0
;;     61  vmovaps xmm3, xmm0
;;     65  vmovaps xmm2, xmm0
;;     69  vmovaps xmm1, xmm0
;;     73  call function 1
;;     78  sub rsp, 0x20
;;     82  mov rsp, rbp
;;     85  pop rbp
;;     86  ret
;;     87  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret 0x20
