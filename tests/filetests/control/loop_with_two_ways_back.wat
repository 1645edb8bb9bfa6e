;; The header has three ways to it.
(module
  (func (param i32 i32) (result i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))) (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))) (local.get 1)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   jump b1(v0, v1)
;; b1(v2: i32, v3: i32): loop to b4
;;   v4 = i32.const 1
;;   v5 = i32.const -1
;;   v6 = i32.add v2 v5
;;   branch v6 b1(v6, v3) b2
;; b2:
;;   v7 = i32.add v3 v5
;;   branch v7 b1(v6, v7) b3
;; b3:
;;   jump b4
;; b4:
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  add edi, -0x1
;;     35  jne b1
;; block 2:
;;     37  add esi, -0x1
;;     40  jne b1
;; block 4:
;;     42  mov rax, rsi
;;     45  ret
