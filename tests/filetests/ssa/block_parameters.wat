(module (func (param i32 i64) (result i64 i32)
  (local.get 0) (local.get 1)
  (block (param i32 i64) (result i64 i32)
    (local.set 1) (local.set 0)
    (br_if 0 (i64.const 1) (i32.const 2) (local.get 0))
    (drop) (drop) (local.get 1) (local.get 0))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.const 1
;;   v3 = i32.const 2
;;   branch v0 b2(v2, v3) b1
;; b1:
;;   jump b2(v1, v0)
;; b2(v4: i64, v5: i32):
;;   return(v4, v5)
