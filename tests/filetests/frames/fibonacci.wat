;; A sum and a move in each round.
(module
  (func (param i32) (result i64) (local $a i64) (local $b i64) (local $t i64) (local.set $b (i64.const 1)) (loop (local.set $t (i64.add (local.get $a) (local.get $b))) (local.set $a (local.get $b)) (local.set $b (local.get $t)) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get $a)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.const 0
;;   v2 = i64.const 1
;;   jump b1(v1, v1, v2, v0)
;; b1(v3: i64, v4: i64, v5: i64, v6: i32): loop to b3
;;   v7 = i64.add v4 v5
;;   v8 = i32.const 1
;;   v9 = i32.const -1
;;   v10 = i32.add v6 v9
;;   branch v10 b1(v7, v5, v7, v10) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  mov ecx, 0x1
;;     26  nop
;; block 1:
;;     32  lea rdx, [rax+rcx]
;;     36  add edi, -0x1
;;     39  je b3
;;     41  mov rax, rcx
;;     44  mov rcx, rdx
;;     47  jmp b1
;; block 3:
;;     49  mov rax, rcx
;;     52  ret
