;; An offset that goes beyond the guard is compared with the size.
(module (memory 1) (func (param i32) (result i64) (i64.load offset=0xfffffff0 (local.get 0))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4294967288
;;   v3 = memory.base 0
;;   v4 = i64.load offset 4294967280 base v3 v0
;;   return(v4)
