;; engine: consume_fuel interruptable
;; Fuel is taken where the function would take it, and the segment of the call goes on behind it. Nobody looks for an
;; interruption where the function begins.
(module
  (func $low (param i32) (result i32)
    (if (local.get 0) (then (return (i32.const 2))))
    (i32.const 3))
  (func (param i32) (result i32)
    (i32.add (call $low (local.get 0)) (i32.const 5))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   poll
;;   charge_fuel
;;   branch v0 b1 b2
;; b1:
;;   charge_fuel
;;   v4 = i32.const 2
;;   return(v4)
;; b2:
;;   charge_fuel
;;   v6 = i32.const 3
;;   return(v6)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   poll
;;   charge_fuel
;;   charge_fuel
;;   branch v0 b1 b2
;; b1:
;;   charge_fuel
;;   v5 = i32.const 2
;;   jump b3(v5)
;; b2:
;;   charge_fuel
;;   v7 = i32.const 3
;;   jump b3(v7)
;; b3(v8: i32):
;;   v9 = i32.const 5
;;   v10 = i32.add v8 v9
;;   return(v10)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov r11, qword ptr [r14+0x70]
;;     20  mov r11, qword ptr [r11+0x8]
;;     24  cmp byte ptr [r11], 0x0
;;     28  jne poll3
;;     34  mov rax, qword ptr [r14+0x70]
;;     38  sub qword ptr [rax], 0x2
;;     42  js trap5
;;     48  test edi, edi
;;     50  je b2
;; block 1:
;;     52  mov rax, qword ptr [r14+0x70]
;;     56  sub qword ptr [rax], 0x2
;;     60  js trap6
;;     66  mov eax, 0x2
;;     71  ret
;; block 2:
;;     72  mov rax, qword ptr [r14+0x70]
;;     76  sub qword ptr [rax], 0x1
;;     80  js trap7
;;     86  mov eax, 0x3
;;     91  ret
;;     92  call qword ptr [r14+0x20]
;;     96  jmp l4
;;     98  trap OutOfFuel
;;    102  trap OutOfFuel
;;    106  trap OutOfFuel
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov r11, qword ptr [r14+0x70]
;;     20  mov r11, qword ptr [r11+0x8]
;;     24  cmp byte ptr [r11], 0x0
;;     28  jne poll4
;;     34  mov rax, qword ptr [r14+0x70]
;;     38  sub qword ptr [rax], 0x4
;;     42  js trap6
;;     48  mov rax, qword ptr [r14+0x70]
;;     52  sub qword ptr [rax], 0x2
;;     56  js trap7
;;     62  test edi, edi
;;     64  je b2
;; block 1:
;;     66  mov rax, qword ptr [r14+0x70]
;;     70  sub qword ptr [rax], 0x2
;;     74  js trap8
;;     80  mov eax, 0x2
;;     85  jmp b3
;; block 2:
;;     87  mov rax, qword ptr [r14+0x70]
;;     91  sub qword ptr [rax], 0x1
;;     95  js trap9
;;    101  mov eax, 0x3
;; block 3:
;;    106  add eax, 0x5
;;    109  ret
;;    110  call qword ptr [r14+0x20]
;;    114  jmp l5
;;    116  trap OutOfFuel
;;    120  trap OutOfFuel
;;    124  trap OutOfFuel
;;    128  trap OutOfFuel
