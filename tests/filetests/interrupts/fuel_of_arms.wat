;; Each arm is charged for its own.
;; engine: consume_fuel
(module
  (func (param i32) (result i32) (if (result i32) (local.get 0) (then (i32.mul (local.get 0) (local.get 0))) (else (i32.const 3)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   charge_fuel
;;   branch v0 b1 b2
;; b1:
;;   charge_fuel
;;   v3 = i32.mul v0 v0
;;   jump b3(v3)
;; b2:
;;   charge_fuel
;;   v5 = i32.const 3
;;   jump b3(v5)
;; b3(v6: i32):
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  sub qword ptr [rax], 0x2
;;     24  js trap4
;;     30  test edi, edi
;;     32  je b2
;; block 1:
;;     38  mov rax, qword ptr [r14+0x70]
;;     42  sub qword ptr [rax], 0x3
;;     46  js trap5
;;     52  imul edi, edi
;;     55  jmp b3
;; block 2:
;;     60  mov rax, qword ptr [r14+0x70]
;;     64  sub qword ptr [rax], 0x1
;;     68  js trap6
;;     74  mov eax, 0x3
;;     79  mov rdi, rax
;; block 3:
;;     82  mov rax, rdi
;;     85  ret
;;     86  trap OutOfFuel
;;     90  trap OutOfFuel
;;     94  trap OutOfFuel
