;; Each iteration is charged, so the loop does all of them.
;; engine: consume_fuel
(module
  (memory 1)
  (func (param $to i32) (param $end i32)
    (loop $again
      (i32.store8 (local.get $to) (i32.const 0))
      (br_if $again (i32.ne (local.tee $to (i32.add (local.get $to) (i32.const 1))) (local.get $end))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   jump b1(v0)
;; b1(v2: i32): loop to b3
;;   charge_fuel
;;   v4 = i32.const 0
;;   v5 = memory.base 0
;;   i32.store8 base v5 v2 v4
;;   v7 = i32.const 1
;;   v8 = i32.add v2 v7
;;   v9 = i32.ne v1 v8
;;   branch v9 b1(v8) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  mov rax, qword ptr [r14+0x70]
;;     36  sub qword ptr [rax], 0xa
;;     40  js trap4
;;     46  mov byte ptr [r15+rdi], 0x0
;;     51  add edi, 0x1
;;     54  cmp esi, edi
;;     56  jne b1
;; block 3:
;;     58  ret
;;     59  trap OutOfFuel
