;; engine: no_inlining
(module (type $t (func (param i32) (result i32 f64))) (table (export "1") 1 funcref)
  (func $f (type $t) (local.get 0) (f64.const 0.5))
  (func (param i32) (result f64) (local f64)
    (call $f (local.get 0)) (local.set 1) (drop)
    (call_indirect (type $t) (i32.const 3) (local.get 0)) (f64.add (local.get 1)) (return)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.const 0.5
;;   return(v0, v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.const 0.0
;;   v2 = call 0(v0)
;;   v3 = result v2 number 1
;;   v4 = i32.const 3
;;   v5 = call_indirect table 0 type 0 at v0(v4)
;;   v6 = result v5 number 1
;;   v7 = f64.add v6 v3
;;   return(v7)
