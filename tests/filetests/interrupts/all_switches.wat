;; Polls, fuel and checks of bounds.
;; engine: consume_fuel interruptable checked
(module
  (memory 1)
  (func (param i32) (result i32) (local $s i32) (loop (local.set $s (i32.add (local.get $s) (i32.load (local.get 0)))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 4))))) (local.get $s)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   poll
;;   jump b1(v1, v0)
;; b1(v3: i32, v4: i32): loop to b3
;;   poll
;;   charge_fuel
;;   v7 = memory.bytes 0
;;   check_bounds v4 v7 end 4
;;   v9 = memory.base 0
;;   v10 = i32.load base v9 v4
;;   v11 = i32.add v3 v10
;;   v12 = i32.const 4
;;   v13 = i32.const -4
;;   v14 = i32.add v4 v13
;;   branch v14 b1(v11, v14) b2
;; b2:
;;   jump b3
;; b3:
;;   charge_fuel
;;   return(v11)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov r11, qword ptr [r14+0x70]
;;     20  mov r11, qword ptr [r11+0x8]
;;     24  cmp byte ptr [r11], 0x0
;;     28  jne poll4
;;     34  mov eax, 0x0
;;     39  nop
;; block 1:
;;     48  mov r11, qword ptr [r14+0x70]
;;     52  mov r11, qword ptr [r11+0x8]
;;     56  cmp byte ptr [r11], 0x0
;;     60  jne poll6
;;     66  mov rcx, qword ptr [r14+0x70]
;;     70  sub qword ptr [rcx], 0xa
;;     74  js trap8
;;     80  mov rcx, qword ptr [r14+0x48]
;;     84  mov rcx, qword ptr [rcx+0x10]
;;     88  lea rdx, [rdi+0x4]
;;     92  cmp rdx, rcx
;;     95  ja trap9
;;    101  mov rcx, qword ptr [r14+0x48]
;;    105  mov rcx, qword ptr [rcx]
;;    108  add eax, dword ptr [rcx+rdi]
;;    111  add edi, -0x4
;;    114  jne b1
;; block 3:
;;    116  mov rcx, qword ptr [r14+0x70]
;;    120  sub qword ptr [rcx], 0x1
;;    124  js trap10
;;    130  ret
;;    131  call qword ptr [r14+0x20]
;;    135  jmp l5
;;    137  call qword ptr [r14+0x20]
;;    141  jmp l7
;;    143  trap OutOfFuel
;;    147  trap MemoryOutOfBounds
;;    151  trap OutOfFuel
