;; All sixteen bytes are kept.
;; processors: full baseline
;; engine: no_inlining
(module
  (func (param v128 i32) (result v128) (call $f) (i32x4.add (local.get 0) (i32x4.splat (local.get 1))))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i32.argument 1
;;   call 1()
;;   v3 = i32x4.splat v1
;;   v4 = i32x4.add v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   return
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  vmovups xmmword ptr [rbp-0x20], xmm0
;;     43  mov rbx, rdi
;;     46  call function 1
;;     51  vmovd xmm0, ebx
;;     55  vpshufd xmm0, xmm0, 0x0
;;     60  vmovups xmm1, xmmword ptr [rbp-0x20]
;;     65  vpaddd xmm0, xmm1, xmm0
;;     69  mov rbx, qword ptr [rbp-0x8]
;;     73  mov rsp, rbp
;;     76  pop rbp
;;     77  ret
;;     78  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  movups xmmword ptr [rbp-0x20], xmm0
;;     42  mov rbx, rdi
;;     45  call function 1
;;     50  movd xmm0, ebx
;;     54  pshufd xmm0, xmm0, 0x0
;;     59  movups xmm1, xmmword ptr [rbp-0x20]
;;     63  paddd xmm0, xmm1
;;     67  mov rbx, qword ptr [rbp-0x8]
;;     71  mov rsp, rbp
;;     74  pop rbp
;;     75  ret
;;     76  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
