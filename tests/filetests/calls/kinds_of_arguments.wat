;; Integers and vectors have registers of their own.
;; processors: full baseline
;; engine: no_inlining
(module
  (func (call $f (i32.const 1) (f32.const 2) (i64.const 3) (f64.const 4) (v128.const i64x2 5 6) (ref.null extern)))
  (func $f (param i32 f32 i64 f64 v128 externref)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 1
;;   v1 = f32.const 2.0
;;   v2 = i64.const 3
;;   v3 = f64.const 4.0
;;   v4 = v128.const 0x00000000000000060000000000000005
;;   v5 = i64.const 0
;;   call 1(v0, v1, v2, v3, v4, v5)
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f32.argument 1
;;   v2 = i64.argument 2
;;   v3 = f64.argument 3
;;   v4 = v128.argument 4
;;   v5 = i64.argument 5
;;   return
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov edi, 0x1
;;     35  vmovss xmm0, dword ptr [rip]
;;     43  mov esi, 0x3
;;     48  vmovsd xmm1, qword ptr [rip]
;;     56  vmovaps xmm2, xmmword ptr [rip]
;;     64  mov edx, 0x0
;;     69  call function 1
;;     74  pop rbp
;;     75  ret
;;     76  trap StackOverflow
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
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov edi, 0x1
;;     35  movss xmm0, dword ptr [rip]
;;     43  mov esi, 0x3
;;     48  movsd xmm1, qword ptr [rip]
;;     56  movaps xmm2, xmmword ptr [rip]
;;     63  mov edx, 0x0
;;     68  call function 1
;;     73  pop rbp
;;     74  ret
;;     75  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
