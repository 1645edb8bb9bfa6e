;; Nothing goes back: it is no loop.
(module (func (param i32) (result i32)
  (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))))
  (local.get 0)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32):
;;   v2 = i32.const 1
;;   v3 = i32.add v1 v2
;;   return(v3)
