;; Each round is charged.
;; engine: consume_fuel
(module
  (func (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b3
;;   charge_fuel
;;   v3 = i32.const 1
;;   v4 = i32.const -1
;;   v5 = i32.add v1 v4
;;   branch v5 b1(v5) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  mov rax, qword ptr [r14+0x70]
;;     36  sub qword ptr [rax], 0x5
;;     40  js trap4
;;     46  add edi, -0x1
;;     49  jne b1
;; block 3:
;;     51  ret
;;     52  trap OutOfFuel
