;; A counter in a register.
(module
  (func (param i32) (result i32) (local $n i32) (loop (local.set $n (i32.add (local.get $n) (local.get 0))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get $n)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = i32.add v2 v3
;;   v5 = i32.const 1
;;   v6 = i32.const -1
;;   v7 = i32.add v3 v6
;;   branch v7 b1(v4, v7) b2
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
;;     32  add eax, edi
;;     34  add edi, -0x1
;;     37  jne b1
;; block 3:
;;     39  ret
