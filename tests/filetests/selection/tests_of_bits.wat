;; A conjunction that is only compared with zero is a test.
(module
  (func (param i32 i32) (result i32) (if (result i32) (i32.and (local.get 0) (local.get 1)) (then (i32.const 3)) (else (i32.const 4))))
  (func (param i32) (result i32) (if (result i32) (i32.eqz (i32.and (local.get 0) (i32.const 8))) (then (i32.const 3)) (else (i32.const 4))))
  (func (param i64) (result i32) (i64.eqz (i64.and (local.get 0) (i64.const 0x80))))
  (func (param i64 i64) (result i32) (i64.ne (i64.and (local.get 0) (local.get 1)) (i64.const 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.and v0 v1
;;   branch v2 b1 b2
;; b1:
;;   v3 = i32.const 3
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 4
;;   jump b3(v4)
;; b3(v5: i32):
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.and v0 v1
;;   v3 = i32.eqz v2
;;   branch v2 b2 b1
;; b1:
;;   v4 = i32.const 3
;;   jump b3(v4)
;; b2:
;;   v5 = i32.const 4
;;   jump b3(v5)
;; b3(v6: i32):
;;   return(v6)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 128
;;   v2 = i64.and v0 v1
;;   v3 = i64.eqz v2
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.and v0 v1
;;   v3 = i64.const 0
;;   v4 = i64.ne v2 v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, esi
;;     18  je b2
;; block 1:
;;     20  mov eax, 0x3
;;     25  jmp b3
;; block 2:
;;     27  mov eax, 0x4
;; block 3:
;;     32  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, 0x8
;;     22  jne b2
;; block 1:
;;     24  mov eax, 0x3
;;     29  jmp b3
;; block 2:
;;     31  mov eax, 0x4
;; block 3:
;;     36  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rdi, 0x80
;;     23  sete al
;;     26  movzx eax, al
;;     29  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test rdi, rsi
;;     19  setne al
;;     22  movzx eax, al
;;     25  ret
