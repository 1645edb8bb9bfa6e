;; Setting and getting locals makes no nodes; one constant does for all that are zero.
(module (func (param i32) (result i32) (local i32 i32)
  (local.set 1 (i32.add (local.get 0) (local.get 1)))
  (local.set 2 (local.tee 0 (i32.xor (local.get 1) (i32.const 7))))
  (i32.mul (local.get 2) (local.get 0))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.const 7
;;   v3 = i32.xor v0 v2
;;   v4 = i32.mul v3 v3
;;   return(v4)
