;; What was set is known until something else can set it.
;; engine: no_inlining
(module (global $g (mut i32) (i32.const 0)) (global $c i64 (i64.const 5)) (func $f)
  (func (result i32)
    (global.set $g (i32.sub (global.get $g) (i32.const 16)))
    (drop (global.get $c)) (drop (global.get $c))
    (global.get $g) (call $f) (i32.add (global.get $g))))
;; expect
;; function 0:
;; b0:
;;   return
;; function 1:
;; b0:
;;   v0 = i32.global.get 0
;;   v1 = i32.const 16
;;   v2 = i32.const -16
;;   v3 = i32.add v0 v2
;;   global.set 0 v3
;;   v5 = i64.global.get 1
;;   call 0()
;;   v7 = i32.global.get 0
;;   v8 = i32.add v3 v7
;;   return(v8)
