;; What nobody needs is not there any more, parameters of blocks among it.
(module
  (func (param i32 i32) (result i32) (local i32)
    (drop (i32.mul (local.get 0) (local.get 1)))
    (loop $again
      (local.set 2 (i32.xor (local.get 2) (i32.const 5)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   jump b1(v0)
;; b1(v5: i32): loop to b3
;;   v9 = i32.const -1
;;   v10 = i32.add v5 v9
;;   branch v10 b1(v10) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v1)
