;; A loop has a parameter for each local that is assigned in it, and for its operands.
(module (func (param $n i32) (result i32) (local $sum i32) (local $i i32)
  (loop $again
    (local.set $sum (i32.add (local.get $sum) (local.get $i)))
    (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
  (local.get $sum)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v1)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = i32.add v2 v3
;;   v5 = i32.const 1
;;   v6 = i32.add v3 v5
;;   v7 = i32.lt_u v6 v0
;;   branch v7 b1(v4, v6) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v4)
