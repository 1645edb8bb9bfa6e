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
;;     34  mov rax, qword ptr [r14+0x70]
;;     38  sub qword ptr [rax], 0x3
;;     42  js trap5
;;     48  imul edi, edi
;;     51  jmp b3
;; block 2:
;;     53  mov rax, qword ptr [r14+0x70]
;;     57  sub qword ptr [rax], 0x1
;;     61  js trap6
;;     67  mov eax, 0x3
;;     72  mov rdi, rax
;; block 3:
;;     75  mov rax, rdi
;;     78  ret
;;     79  trap OutOfFuel
;;     83  trap OutOfFuel
;;     87  trap OutOfFuel
