;; engine: at_loops
;; Parameters, locals of every type and an operand come from the interpreter's frame.
(module
  (func (param $n i32) (param $x i64) (result f64) (local $a f64) (local $b f32) (local $v v128)
    (i32.const 3)
    (loop $again (param i32) (result i32)
      (i32.add (local.get $n))
      (local.set $a (f64.add (local.get $a) (f64.promote_f32 (local.get $b))))
      (local.set $v (i64x2.add (local.get $v) (i64x2.splat (local.get $x))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (drop)
    (f64.add (local.get $a) (f64x2.extract_lane 0 (local.get $v)))))
;; expect
;; == ssa
;; function 0 at offset 0x27:
;; b0:
;;   v0 = loop_frame
;;   v1 = i32.frame.load 16368 v0
;;   v2 = i64.frame.load 16376 v0
;;   v3 = f64.frame.load 16408 v0
;;   v4 = f32.frame.load 16416 v0
;;   v5 = v128.frame.load 16424 v0
;;   v6 = i32.frame.load 16440 v0
;;   jump b1(v6, v3, v5, v1)
;; b1(v7: i32, v8: f64, v9: v128, v10: i32): loop to b3
;;   v11 = i32.add v7 v10
;;   v12 = f64.promote_f32 v4
;;   v13 = f64.add v8 v12
;;   v14 = i64x2.splat v2
;;   v15 = i64x2.add v9 v14
;;   v16 = i32.const 1
;;   v17 = i32.const -1
;;   v18 = i32.add v10 v17
;;   branch v18 b1(v11, v13, v15, v18) b2
;; b2:
;;   jump b3
;; b3:
;;   v19 = f64x2.extract_lane lane 0 v15
;;   v20 = f64.add v13 v19
;;   return(v20)
;; == assemble
;; function 0 at offset 0x27:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  mov rax, qword ptr [rax+0x50]
;;     24  mov ecx, dword ptr [rax+0x3ff0]
;;     30  mov rdx, qword ptr [rax+0x3ff8]
;;     37  vmovsd xmm0, qword ptr [rax+0x4018]
;;     45  vmovss xmm1, dword ptr [rax+0x4020]
;;     53  vmovups xmm2, xmmword ptr [rax+0x4028]
;;     61  nop
;; block 1:
;;     64  vcvtss2sd xmm3, xmm1, xmm1
;;     68  vaddsd xmm0, xmm0, xmm3
;;     72  vmovq xmm3, rdx
;;     77  vpshufd xmm3, xmm3, 0x44
;;     82  vpaddq xmm2, xmm2, xmm3
;;     86  add ecx, -0x1
;;     89  jne b1
;; block 3:
;;     91  vmovaps xmm1, xmm2
;;     95  vaddsd xmm0, xmm0, xmm1
;;     99  ret
