;; In a loop that stores, nothing is known of the memory before it; in one that does not, everything is.
(module (memory 1) (func (param i32 i32)
  (drop (i32.load (local.get 0)))
  (loop (br_if 0 (i32.load (local.get 0))))
  (loop (i32.store (local.get 1) (i32.const 1)) (br_if 0 (i32.load (local.get 0))))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v0
;;   jump b1
;; b1: loop to b3
;;   branch v3 b1 b2
;; b2:
;;   jump b3
;; b3:
;;   jump b4
;; b4: loop to b6
;;   v4 = i32.const 1
;;   i32.store base v2 v1 v4
;;   v6 = i32.load base v2 v0
;;   branch v6 b4 b5
;; b5:
;;   jump b6
;; b6:
;;   return
