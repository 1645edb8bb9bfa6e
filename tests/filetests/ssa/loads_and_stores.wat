;; A load finds what was stored at the same place, or loaded since the last store.
(module (memory 1) (func (param i32 i32) (result i32)
  (i32.store offset=4 (local.get 0) (local.get 1))
  (i32.add (i32.load offset=4 (local.get 0))
    (i32.add (i32.load offset=8 (local.get 0)) (i32.load offset=8 (local.get 0))))
  (i32.store8 (local.get 1) (i32.const 0))
  (i32.add (i32.load offset=4 (local.get 0)))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store offset 4 base v2 v0 v1
;;   v4 = i32.load offset 8 base v2 v0
;;   v5 = i32.add v4 v4
;;   v6 = i32.add v1 v5
;;   v7 = i32.const 0
;;   i32.store8 base v2 v1 v7
;;   v9 = i32.load offset 4 base v2 v0
;;   v10 = i32.add v6 v9
;;   return(v10)
