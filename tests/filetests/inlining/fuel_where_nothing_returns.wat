;; engine: consume_fuel
;; What is behind a call belongs to its segment, though it is never reached.
(module
  (func $fail (unreachable))
  (func (param i32) (result i32)
    (call $fail)
    (drop (i32.add (local.get 0) (i32.const 1)))
    (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   charge_fuel
;;   trap UnreachableCodeReached
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   charge_fuel
;;   charge_fuel
;;   trap UnreachableCodeReached
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  sub qword ptr [rax], 0x1
;;     24  js trap1
;;     30  trap UnreachableCodeReached
;;     34  trap OutOfFuel
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  sub qword ptr [rax], 0x6
;;     24  js trap1
;;     30  mov rax, qword ptr [r14+0x70]
;;     34  sub qword ptr [rax], 0x1
;;     38  js trap2
;;     44  trap UnreachableCodeReached
;;     48  trap OutOfFuel
;;     52  trap OutOfFuel
