;; A segment is charged once, where it begins.
;; engine: consume_fuel
(module
  (func (param i32) (result i32) (i32.mul (i32.add (local.get 0) (i32.const 1)) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   charge_fuel
;;   v2 = i32.const 1
;;   v3 = i32.add v0 v2
;;   v4 = i32.mul v0 v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x70]
;;     20  sub qword ptr [rax], 0x5
;;     24  js trap1
;;     30  lea eax, [rdi+0x1]
;;     33  imul eax, edi
;;     36  ret
;;     37  trap OutOfFuel
