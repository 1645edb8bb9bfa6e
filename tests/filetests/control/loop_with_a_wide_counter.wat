;; A counter of 64 bits.
(module
  (func (param i64) (result i64) (local $n i64) (loop (local.set $n (i64.mul (local.get $n) (local.get 0))) (br_if 0 (i64.ne (local.tee 0 (i64.sub (local.get 0) (i64.const 1))) (i64.const 0)))) (local.get $n)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 0
;;   jump b1(v1, v0)
;; b1(v2: i64, v3: i64): loop to b3
;;   v4 = i64.mul v2 v3
;;   v5 = i64.const 1
;;   v6 = i64.const -1
;;   v7 = i64.add v3 v6
;;   v8 = i64.ne v7 v1
;;   branch v8 b1(v4, v7) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 1:
;;     32  imul rax, rdi
;;     36  add rdi, -0x1
;;     40  jne b1
;; block 3:
;;     42  ret
