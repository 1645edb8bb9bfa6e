;; What the inner loop does not change stays where it is.
(module
  (func (param i32 i32) (result i32) (local $n i32) (local $k i32) (loop $o (local.set $k (local.get 1)) (loop $i (local.set $n (i32.add (local.get $n) (local.get $k))) (br_if $i (local.tee $k (i32.sub (local.get $k) (i32.const 1))))) (br_if $o (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get $n)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   jump b1(v2, v2, v0)
;; b1(v3: i32, v4: i32, v5: i32): loop to b6
;;   jump b2(v4, v1)
;; b2(v6: i32, v7: i32): loop to b4
;;   v8 = i32.add v6 v7
;;   v9 = i32.const 1
;;   v10 = i32.const -1
;;   v11 = i32.add v7 v10
;;   branch v11 b2(v8, v11) b3
;; b3:
;;   jump b4
;; b4:
;;   v12 = i32.add v5 v10
;;   branch v12 b1(v11, v8, v12) b5
;; b5:
;;   jump b6
;; b6:
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 1:
;;     32  mov rcx, rsi
;;     35  nop
;;     44  nop
;;     53  nop
;;     62  nop
;; block 2:
;;     64  add eax, ecx
;;     66  add ecx, -0x1
;;     69  jne b2
;; block 4:
;;     71  add edi, -0x1
;;     74  jne b1
;; block 6:
;;     76  ret
