;; A comparison is part of the branch that tests it.
(module
  (func (param i32 i32) (if (i32.lt_s (local.get 0) (local.get 1)) (then (unreachable))))
  (func (param i64) (if (i64.eqz (local.get 0)) (then (unreachable))))
  (func (param i32) (if (i32.and (local.get 0) (i32.const 4)) (then (unreachable))))
  (func (param i32) (if (i32.gt_u (i32.const 9) (local.get 0)) (then (unreachable))))
  (func (param i32) (if (local.get 0) (then (unreachable)))))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments {v0@rdi v1@rsi}
;;   1: cmp v0, v1
;;   2: jl
;;   to block1 ( )
;;   to block2 ( )
;; block1 depth 0 cold ( )
;;   3: trap
;; block2 depth 0 ( )
;;   4: return
;; function 1:
;; block0 depth 0 ( )
;;   0: arguments {v0@rdi}
;;   1: test v0, v0
;;   2: je
;;   to block1 ( )
;;   to block2 ( )
;; block1 depth 0 cold ( )
;;   3: trap
;; block2 depth 0 ( )
;;   4: return
;; function 2:
;; block0 depth 0 ( )
;;   0: arguments {v0@rdi}
;;   1: test v0, 0x4
;;   2: jne
;;   to block1 ( )
;;   to block2 ( )
;; block1 depth 0 cold ( )
;;   3: trap
;; block2 depth 0 ( )
;;   4: return
;; function 3:
;; block0 depth 0 ( )
;;   0: arguments {v0@rdi}
;;   1: cmp v0, 0x9
;;   2: jb
;;   to block1 ( )
;;   to block2 ( )
;; block1 depth 0 cold ( )
;;   3: trap
;; block2 depth 0 ( )
;;   4: return
;; function 4:
;; block0 depth 0 ( )
;;   0: arguments {v0@rdi}
;;   1: test v0, v0
;;   2: jne
;;   to block1 ( )
;;   to block2 ( )
;; block1 depth 0 cold ( )
;;   3: trap
;; block2 depth 0 ( )
;;   4: return
