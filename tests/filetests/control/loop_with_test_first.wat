;; The test stands at the head, so that each round jumps twice.
(module
  (func (param i32) (result i32) (local $n i32) (block (loop (br_if 1 (i32.eqz (local.get 0))) (local.set $n (i32.add (local.get $n) (local.get 0))) (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br 0))) (local.get $n)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = i32.eqz v3
;;   branch v3 b2 b3
;; b2:
;;   v5 = i32.add v2 v3
;;   v6 = i32.const 1
;;   v7 = i32.const -1
;;   v8 = i32.add v3 v7
;;   jump b1(v5, v8)
;; b3:
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  jmp b1
;;     23  nop
;; block 2:
;;     32  add eax, edi
;;     34  add edi, -0x1
;; block 1:
;;     37  test edi, edi
;;     39  jne b2
;; block 3:
;;     41  ret
