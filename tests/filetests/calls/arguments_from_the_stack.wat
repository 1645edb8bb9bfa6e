;; The callee reads them where the caller has put them.
(module
  (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64) (i64.add (local.get 7) (local.get 8)))
  (func (param f32 f32 f32 f32 f32 f32 f32 f32 f32 f32) (result f32) (f32.add (local.get 8) (local.get 9)))
  (func (param v128 v128 v128 v128 v128 v128 v128 v128 v128 v128) (result v128) (local.get 9)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.argument 2
;;   v3 = i64.argument 3
;;   v4 = i64.argument 4
;;   v5 = i64.argument 5
;;   v6 = i64.argument 6
;;   v7 = i64.argument 7
;;   v8 = i64.argument 8
;;   v9 = i64.add v7 v8
;;   return(v9)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.argument 2
;;   v3 = f32.argument 3
;;   v4 = f32.argument 4
;;   v5 = f32.argument 5
;;   v6 = f32.argument 6
;;   v7 = f32.argument 7
;;   v8 = f32.argument 8
;;   v9 = f32.argument 9
;;   v10 = f32.add v8 v9
;;   return(v10)
;; function 2:
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
;;   return(v9)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;; block 0:
;;     20  mov rax, qword ptr [rbp+0x10]
;;     24  add rax, r10
;;     27  pop rbp
;;     28  ret 0x10
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;; block 0:
;;     20  vmovss xmm0, dword ptr [rbp+0x10]
;;     25  vmovss xmm1, dword ptr [rbp+0x18]
;;     30  vaddss xmm0, xmm0, xmm1
;;     34  pop rbp
;;     35  ret 0x10
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;; block 0:
;;     20  vmovups xmm0, xmmword ptr [rbp+0x20]
;;     25  pop rbp
;;     26  ret 0x20
