;; The block behind has a parameter for what both arms set to different values, and none for what they agree on.
(module (func (param i32 i32) (result i32) (local i32 i32)
  (if (local.get 0)
    (then (local.set 2 (i32.const 1)) (local.set 3 (local.get 1)))
    (else (local.set 2 (i32.const 2)) (local.set 3 (local.get 1))))
  (i32.add (local.get 2) (local.get 3))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   branch v0 b1 b2
;; b1:
;;   v3 = i32.const 1
;;   jump b3(v3)
;; b2:
;;   v4 = i32.const 2
;;   jump b3(v4)
;; b3(v5: i32):
;;   v6 = i32.add v1 v5
;;   return(v6)
