;; Two users need it as a number.
(module
  (func (param i32 i32) (result i32) (local $c i32) (local.set $c (i32.lt_s (local.get 0) (local.get 1))) (if (local.get $c) (then (return (i32.const 7)))) (local.get $c)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = i32.lt_s v0 v1
;;   branch v3 b1 b2
;; b1:
;;   v4 = i32.const 7
;;   return(v4)
;; b2:
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  setl al
;;     21  movzx eax, al
;;     24  test eax, eax
;;     26  je b2
;; block 1:
;;     28  mov eax, 0x7
;;     33  ret
;; block 2:
;;     34  ret
