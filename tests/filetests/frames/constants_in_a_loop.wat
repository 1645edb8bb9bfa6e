;; A number that a loop needs is read each time, as an operand.
(module
  (func (param f64 i32) (result f64) (loop (local.set 0 (f64.mul (local.get 0) (f64.const 1.5))) (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i32.argument 1
;;   jump b1(v0, v1)
;; b1(v2: f64, v3: i32): loop to b3
;;   v4 = f64.const 1.5
;;   v5 = f64.mul v2 v4
;;   v6 = i32.const 1
;;   v7 = i32.const -1
;;   v8 = i32.add v3 v7
;;   branch v8 b1(v5, v8) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  vmulsd xmm0, xmm0, qword ptr [rip]
;;     40  add edi, -0x1
;;     43  jne b1
;; block 3:
;;     45  ret
