;; What lives across a call is in a preserved register.
;; engine: no_inlining
(module (func $f (param i32) (result i32) (local.get 0))
  (func (param i32 i32) (result i32) (i32.add (call $f (local.get 1)) (local.get 0))))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments
;;       r0 <- r7 Integer
;;   1: return
;; function 1:
;; block0 depth 0 ( )
;;   0: arguments
;;       r3 <- r7 Integer
;;       r7 <- r6 Integer
;;   1: call
;;   2: lea eax, [rbx+rax]
;;   3: return
