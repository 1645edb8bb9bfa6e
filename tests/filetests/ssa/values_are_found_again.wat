;; The second sum is the first one. What is computed in an arm is not known behind it.
(module (func (param i32 i32) (result i32) (local i32)
  (local.set 2 (i32.add (local.get 0) (local.get 1)))
  (if (local.get 0) (then (local.set 2 (i32.mul (local.get 0) (local.get 1)))))
  (i32.sub (i32.add (local.get 2) (i32.add (local.get 1) (local.get 0))) (i32.mul (local.get 0) (local.get 1)))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = i32.add v0 v1
;;   branch v0 b1 b2(v3)
;; b1:
;;   v4 = i32.mul v0 v1
;;   jump b2(v4)
;; b2(v5: i32):
;;   v6 = i32.add v3 v5
;;   v7 = i32.mul v0 v1
;;   v8 = i32.sub v6 v7
;;   return(v8)
