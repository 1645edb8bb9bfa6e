;; What is in registers stays there.
;; engine: interruptable
(module
  (func (param f64 f64 i64 i64) (result f64) (loop (local.set 0 (f64.add (local.get 0) (local.get 1))) (local.set 2 (i64.sub (local.get 2) (local.get 3))) (br_if 0 (i64.ne (local.get 2) (i64.const 0)))) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = i64.argument 2
;;   v3 = i64.argument 3
;;   poll
;;   jump b1(v0, v2)
;; b1(v5: f64, v6: i64): loop to b3
;;   poll
;;   v8 = f64.add v5 v1
;;   v9 = i64.sub v6 v3
;;   v10 = i64.const 0
;;   v11 = i64.ne v9 v10
;;   branch v11 b1(v8, v9) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v8)
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
;;     82  vaddsd xmm0, xmm0, xmm1
;;     86  sub rdi, rsi
;;     89  jne b1
;; block 3:
;;     91  ret
;;     92  call qword ptr [r14+0x20]
;;     96  jmp l5
;;     98  call qword ptr [r14+0x20]
;;    102  jmp l7
