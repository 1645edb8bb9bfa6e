;; Both.
;; engine: consume_fuel interruptable
(module
  (func (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   poll
;;   jump b1(v0)
;; b1(v2: i32): loop to b3
;;   poll
;;   charge_fuel
;;   v5 = i32.const 1
;;   v6 = i32.const -1
;;   v7 = i32.add v2 v6
;;   branch v7 b1(v7) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov r11, qword ptr [r14+0x70]
;;     20  mov r11, qword ptr [r11+0x8]
;;     24  cmp byte ptr [r11], 0x0
;;     28  jne poll4
;;     34  nop
;;     43  nop
;;     52  nop
;;     61  nop
;; block 1:
;;     64  mov r11, qword ptr [r14+0x70]
;;     68  mov r11, qword ptr [r11+0x8]
;;     72  cmp byte ptr [r11], 0x0
;;     76  jne poll6
;;     82  mov rax, qword ptr [r14+0x70]
;;     86  sub qword ptr [rax], 0x5
;;     90  js trap8
;;     96  add edi, -0x1
;;     99  jne b1
;; block 3:
;;    101  ret
;;    102  call qword ptr [r14+0x20]
;;    106  jmp l5
;;    108  call qword ptr [r14+0x20]
;;    112  jmp l7
;;    114  trap OutOfFuel
