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
;;     48  nop
;;     57  nop
;; block 1:
;;     64  mov r11, qword ptr [r14+0x70]
;;     68  mov r11, qword ptr [r11+0x8]
;;     72  cmp byte ptr [r11], 0x0
;;     76  jne poll6
;;     82  mov rcx, qword ptr [r14+0x70]
;;     86  sub qword ptr [rcx], 0xa
;;     90  js trap8
;;     96  mov rcx, qword ptr [r14+0x48]
;;    100  mov rcx, qword ptr [rcx+0x10]
;;    104  lea rdx, [rdi+0x4]
;;    108  cmp rdx, rcx
;;    111  ja trap9
;;    117  mov rcx, qword ptr [r14+0x48]
;;    121  mov rcx, qword ptr [rcx]
;;    124  add eax, dword ptr [rcx+rdi]
;;    127  add edi, -0x4
;;    130  jne b1
;; block 3:
;;    132  mov rcx, qword ptr [r14+0x70]
;;    136  sub qword ptr [rcx], 0x1
;;    140  js trap10
;;    146  ret
;;    147  call qword ptr [r14+0x20]
;;    151  jmp l5
;;    153  call qword ptr [r14+0x20]
;;    157  jmp l7
;;    159  trap OutOfFuel
;;    163  trap MemoryOutOfBounds
;;    167  trap OutOfFuel
