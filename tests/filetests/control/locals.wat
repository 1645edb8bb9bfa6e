;; Locals are values; those that are not set are zero.
(module
  (func (param i32) (result i32) (local i32 i64) (local.set 1 (local.get 0)) (local.tee 1 (i32.add (local.get 1) (local.get 0))))
  (func (result i32 i64 f32 f64 v128 externref) (local i32 i64 f32 f64 v128 externref) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i64.const 0
;;   v3 = i32.add v0 v0
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.const 0
;;   v1 = i64.const 0
;;   v2 = f32.const 0.0
;;   v3 = f64.const 0.0
;;   v4 = v128.const 0x00000000000000000000000000000000
;;   return(v0, v1, v2, v3, v4, v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rdi]
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  mov edx, 0x0
;;     26  vxorps xmm0, xmm0, xmm0
;;     30  vxorps xmm1, xmm1, xmm1
;;     34  vxorps xmm2, xmm2, xmm2
;;     38  mov ecx, 0x0
;;     43  ret
