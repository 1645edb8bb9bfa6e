;; Operations on constants are computed.
(module
  (func (result i32) (i32.add (i32.const 2) (i32.const 3)))
  (func (result i64) (i64.mul (i64.const -2) (i64.const 3)))
  (func (result i32) (i32.popcnt (i32.const 255))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 2
;;   v1 = i32.const 3
;;   v2 = i32.const 5
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.const -2
;;   v1 = i64.const 3
;;   v2 = i64.const -6
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.const 255
;;   v1 = i32.const 8
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x5
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0xfffffffffffffffa
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x8
;;     21  ret
