;; The flags of a comparison are what the branch tests.
(module
  (func (param i32 i32) (result i32) (if (result i32) (i32.lt_s (local.get 0) (local.get 1)) (then (i32.const 10)) (else (i32.const 20)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.lt_s v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 10
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 20
;;   jump b3(v4)
;; b3(v5: i32):
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  jge b2
;; block 1:
;;     20  mov eax, 0xa
;;     25  jmp b3
;; block 2:
;;     27  mov eax, 0x14
;; block 3:
;;     32  ret
