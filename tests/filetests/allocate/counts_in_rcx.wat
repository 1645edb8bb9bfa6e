(module (func (param i32 i32 i32) (result i32)
  (i32.rotl (i32.rotr (local.get 0) (local.get 1)) (local.get 2))))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments
;;       r1 <- r6 Integer
;;   1: ror edi, cl
;;       r1 <- r2 Integer
;;   2: rol edi, cl
;;       r0 <- r7 Integer
;;   3: return
