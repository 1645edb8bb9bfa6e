(module (func (param $n i32) (result i32) (local $i i32) (local $j i32) (local $sum i32)
  (loop $outer
    (local.set $j (i32.const 0))
    (loop $inner
      (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $i) (local.get $j))))
      (br_if $inner (i32.ne (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $n))))
    (br_if $outer (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
  (local.get $sum)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v1, v1)
;; b1(v2: i32, v3: i32, v4: i32): loop to b6
;;   jump b2(v3, v1)
;; b2(v5: i32, v6: i32): loop to b4
;;   v7 = i32.mul v4 v6
;;   v8 = i32.add v5 v7
;;   v9 = i32.const 1
;;   v10 = i32.add v6 v9
;;   v11 = i32.ne v0 v10
;;   branch v11 b2(v8, v10) b3
;; b3:
;;   jump b4
;; b4:
;;   v12 = i32.add v4 v9
;;   v13 = i32.ne v0 v12
;;   branch v13 b1(v10, v8, v12) b5
;; b5:
;;   jump b6
;; b6:
;;   return(v8)
