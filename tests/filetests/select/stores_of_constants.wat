(module (memory 1) (func (param i32)
  (i32.store (local.get 0) (i32.const -1))
  (i64.store8 offset=8 (local.get 0) (i64.const 0x1ff))
  (i64.store offset=16 (local.get 0) (i64.const 0x123456789))))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments {v1@rdi v0@r15}
;;   1: mov dword ptr [v0+v1], -0x1
;;   2: mov byte ptr [v0+v1+0x8], 0xff
;;   3: mov v2, 0x123456789
;;   4: mov qword ptr [v0+v1+0x10], v2
;;   5: return {<- v0@r15}
