;; And in each round of a loop.
;; engine: interruptable
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
;;   v4 = i32.const 1
;;   v5 = i32.const -1
;;   v6 = i32.add v2 v5
;;   branch v6 b1(v6) b2
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
;;     82  add edi, -0x1
;;     85  jne b1
;; block 3:
;;     87  ret
;;     88  call qword ptr [r14+0x20]
;;     92  jmp l5
;;     94  call qword ptr [r14+0x20]
;;     98  jmp l7
