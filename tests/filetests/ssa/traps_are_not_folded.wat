;; A division by zero stays, and so does a sum that is not a number.
(module
  (func (result i32) (i32.div_u (i32.const 1) (i32.const 0)))
  (func (result f64) (f64.add (f64.const inf) (f64.const -inf)))
  (func (result f64) (f64.add (f64.const 1) (f64.const 2))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.const 1
;;   v1 = i32.const 0
;;   v2 = i32.div_u v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = f64.const inf
;;   v1 = f64.const -inf
;;   v2 = f64.add v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = f64.const 1.0
;;   v1 = f64.const 2.0
;;   v2 = f64.const 3.0
;;   return(v2)
