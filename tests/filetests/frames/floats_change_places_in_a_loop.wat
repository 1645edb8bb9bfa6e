;; So are numbers.
(module
  (func (param f64 f64 i32) (result f64) (local $t f64) (loop (local.set $t (local.get 0)) (local.set 0 (local.get 1)) (local.set 1 (local.get $t)) (br_if 0 (local.tee 2 (i32.sub (local.get 2) (i32.const 1))))) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = i32.argument 2
;;   v3 = f64.const 0.0
;;   jump b1(v3, v0, v1, v2)
;; b1(v4: f64, v5: f64, v6: f64, v7: i32): loop to b3
;;   v8 = i32.const 1
;;   v9 = i32.const -1
;;   v10 = i32.add v7 v9
;;   branch v10 b1(v5, v6, v5, v10) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  add edi, -0x1
;;     35  je b3
;;     37  vmovaps xmm15, xmm1
;;     41  vmovaps xmm1, xmm0
;;     45  vmovaps xmm0, xmm15
;;     50  jmp b1
;; block 3:
;;     52  vmovaps xmm0, xmm1
;;     56  ret
