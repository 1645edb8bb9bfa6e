;; engine: at_loops consume_fuel interruptable
;; Ways out of the constructs around the loop lead behind them.
(module
  (func (param $n i32) (result i32)
    (block $out (result i32)
      (if (result i32) (i32.lt_u (local.get $n) (i32.const 10))
        (then (i32.const 1))
        (else
          (loop $again
            (drop (br_if $out (i32.const 2) (i32.eq (local.get $n) (i32.const 77))))
            (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
          (i32.const 3))))))
;; expect
;; == ssa
;; function 0 at offset 0x25:
;; b0:
;;   v0 = loop_frame
;;   v1 = i32.frame.load 16376 v0
;;   jump b1(v1)
;; b1(v2: i32): loop to b4
;;   poll
;;   charge_fuel
;;   v5 = i32.const 2
;;   v6 = i32.const 77
;;   v7 = i32.eq v2 v6
;;   branch v7 b5(v5, v2) b2
;; b2:
;;   charge_fuel
;;   v9 = i32.const 1
;;   v10 = i32.const -1
;;   v11 = i32.add v2 v10
;;   branch v11 b1(v11) b3
;; b3:
;;   jump b4
;; b4:
;;   charge_fuel
;;   v13 = i32.const 3
;;   jump b5(v13, v11)
;; b5(v14: i32, v15: i32):
;;   return(v14)
;; == assemble
;; function 0 at offset 0x25:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  mov rax, qword ptr [rax+0x50]
;;     24  mov eax, dword ptr [rax+0x3ff8]
;;     30  nop
;; block 1:
;;     32  mov r11, qword ptr [r14+0x70]
;;     36  mov r11, qword ptr [r11+0x8]
;;     40  cmp byte ptr [r11], 0x0
;;     44  jne poll6
;;     50  mov rcx, qword ptr [r14+0x70]
;;     54  sub qword ptr [rcx], 0x5
;;     58  js trap8
;;     64  mov ecx, 0x2
;;     69  cmp eax, 0x4d
;;     72  je b5
;; block 2:
;;     74  mov rcx, qword ptr [r14+0x70]
;;     78  sub qword ptr [rcx], 0x6
;;     82  js trap9
;;     88  add eax, -0x1
;;     91  jne b1
;; block 4:
;;     93  mov rcx, qword ptr [r14+0x70]
;;     97  sub qword ptr [rcx], 0x1
;;    101  js trap10
;;    107  mov eax, 0x3
;;    112  mov rcx, rax
;; block 5:
;;    115  mov rax, rcx
;;    118  ret
;;    119  call qword ptr [r14+0x20]
;;    123  jmp l7
;;    125  trap OutOfFuel
;;    129  trap OutOfFuel
;;    133  trap OutOfFuel
