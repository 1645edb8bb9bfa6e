;; A trap leaves a loop.
(module
  (func (param i32) (result i32) (local $q i32) (loop (local.set $q (i32.div_u (i32.const 1000) (local.get 0))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (local.get $q))))) (local.get $q)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = i32.const 1000
;;   v5 = i32.div_u v4 v3
;;   v6 = i32.sub v3 v5
;;   branch v6 b1(v5, v6) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  mov eax, 0x3e8
;;     37  test edi, edi
;;     39  je trap4
;;     45  mov edx, 0x0
;;     50  div edi
;;     52  sub edi, eax
;;     54  jne b1
;; block 3:
;;     56  ret
;;     57  trap IntegerDivisionByZero
