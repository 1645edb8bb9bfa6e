(module (func (param i32 i32) (result i32)
  (if (i32.eqz (local.get 0)) (then (local.set 1 (i32.const 5))))
  (local.get 1)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.eqz v0
;;   branch v0 b2(v1) b1
;; b1:
;;   v3 = i32.const 5
;;   jump b2(v3)
;; b2(v4: i32):
;;   return(v4)
