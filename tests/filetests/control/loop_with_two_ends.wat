;; A second way out.
(module
  (func (param i32) (result i32) (loop (if (i32.eq (local.get 0) (i32.const 17)) (then (return (i32.const 2)))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 3)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b5
;;   v2 = i32.const 17
;;   v3 = i32.eq v1 v2
;;   branch v3 b2 b3
;; b2:
;;   v4 = i32.const 2
;;   return(v4)
;; b3:
;;   v5 = i32.const 1
;;   v6 = i32.const -1
;;   v7 = i32.add v1 v6
;;   branch v7 b1(v7) b4
;; b4:
;;   jump b5
;; b5:
;;   v8 = i32.const 3
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  cmp edi, 0x11
;;     35  jne b3
;; block 2:
;;     37  mov eax, 0x2
;;     42  ret
;; block 3:
;;     43  add edi, -0x1
;;     46  jne b1
;; block 5:
;;     48  mov eax, 0x3
;;     53  ret
