;; engine: no_inlining
(module (memory 1) (func $f) (func (param i32) (result i32)
  (i32.load (local.get 0))
  (call $f)
  (i32.add (i32.load (local.get 0)))))
;; expect
;; function 0:
;; b0:
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load base v1 v0
;;   call 0()
;;   v4 = i32.load base v1 v0
;;   v5 = i32.add v2 v4
;;   return(v5)
