(module (func (param i32) (result i32)
  (block (result i32)
    (br 0 (local.get 0))
    (loop (br 0)) (if (then (nop)) (else (unreachable)))
    (i32.const 1))
  (return) (unreachable)))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1
;; b1:
;;   return(v0)
