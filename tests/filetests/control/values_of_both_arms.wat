;; What both arms set is joined, what is equal is not.
(module
  (func (param i32) (result i32 i32) (local $a i32) (local $b i32) (if (local.get 0) (then (local.set $a (i32.const 1)) (local.set $b (i32.const 7))) (else (local.set $a (i32.const 2)) (local.set $b (i32.const 7)))) (local.get $a) (local.get $b)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   branch v0 b1 b2
;; b1:
;;   v2 = i32.const 1
;;   v3 = i32.const 7
;;   jump b3(v2, v3)
;; b2:
;;   v4 = i32.const 2
;;   v5 = i32.const 7
;;   jump b3(v4, v5)
;; b3(v6: i32, v7: i32):
;;   return(v6, v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  je b2
;; block 1:
;;     20  mov eax, 0x1
;;     25  mov edx, 0x7
;;     30  jmp b3
;; block 2:
;;     32  mov eax, 0x2
;;     37  mov edx, 0x7
;; block 3:
;;     42  ret
