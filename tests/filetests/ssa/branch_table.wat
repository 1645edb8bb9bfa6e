;; Labels that occur twice have one edge.
(module (func (param i32) (result i32) (local i32)
  (block $c (block $b (block $a
    (br_table $a $b $a $c (local.get 0)))
    (local.set 1 (i32.const 10)) (br $c))
    (local.set 1 (i32.const 20)))
  (local.get 1)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   switch v0 b1 b2 b3(v1) by [0, 1, 0, 2]
;; b1:
;;   v2 = i32.const 10
;;   jump b3(v2)
;; b2:
;;   v3 = i32.const 20
;;   jump b3(v3)
;; b3(v4: i32):
;;   return(v4)
