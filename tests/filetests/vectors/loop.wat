;; A sum of vectors.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32 i32) (result v128) (local $s v128) (loop (local.set $s (f32x4.add (local.get $s) (v128.load (local.get 0)))) (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 16))) (local.get 1)))) (local.get $s)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = v128.const 0x00000000000000000000000000000000
;;   jump b1(v2, v0)
;; b1(v3: v128, v4: i32): loop to b3
;;   v5 = memory.base 0
;;   v6 = v128.load base v5 v4
;;   v7 = f32x4.add v3 v6
;;   v8 = i32.const 16
;;   v9 = i32.add v4 v8
;;   v10 = i32.lt_u v9 v1
;;   branch v10 b1(v7, v9) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v7)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  nop
;;     29  nop
;; block 1:
;;     32  vaddps xmm0, xmm0, xmmword ptr [r15+rdi]
;;     38  add edi, 0x10
;;     41  cmp edi, esi
;;     43  jb b1
;; block 3:
;;     45  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  nop
;;     28  nop
;; block 1:
;;     32  movups xmm1, xmmword ptr [r15+rdi]
;;     37  addps xmm0, xmm1
;;     40  add edi, 0x10
;;     43  cmp edi, esi
;;     45  jb b1
;; block 3:
;;     47  ret
