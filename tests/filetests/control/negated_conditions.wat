;; The ways change places.
(module
  (func (param i32) (result i32) (if (result i32) (i32.eqz (i32.eqz (i32.eqz (local.get 0)))) (then (i32.const 3)) (else (i32.const 4)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   v2 = i32.eqz v1
;;   v3 = i32.eqz v2
;;   branch v0 b2 b1
;; b1:
;;   v4 = i32.const 3
;;   jump b3(v4)
;; b2:
;;   v5 = i32.const 4
;;   jump b3(v5)
;; b3(v6: i32):
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b2
;; block 1:
;;     20  mov eax, 0x3
;;     25  jmp b3
;; block 2:
;;     27  mov eax, 0x4
;; block 3:
;;     32  ret
