;; Constructs leave several operands.
(module
  (func (param i32) (result i32 i64) (if (result i32 i64) (local.get 0) (then (i32.const 3) (i64.const 4)) (else (i32.const 5) (i64.const 6)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   branch v0 b1 b2
;; b1:
;;   v1 = i32.const 3
;;   v2 = i64.const 4
;;   jump b3(v1, v2)
;; b2:
;;   v3 = i32.const 5
;;   v4 = i64.const 6
;;   jump b3(v3, v4)
;; b3(v5: i32, v6: i64):
;;   return(v5, v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b2
;; block 1:
;;     20  mov eax, 0x3
;;     25  mov edx, 0x4
;;     30  jmp b3
;; block 2:
;;     32  mov eax, 0x5
;;     37  mov edx, 0x6
;; block 3:
;;     42  ret
