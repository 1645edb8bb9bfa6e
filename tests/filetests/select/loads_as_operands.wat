;; A load of the same width becomes part of its only user, but not beyond a store.
(module (memory 1)
  (func (param i32 i32) (result i32) (i32.xor (local.get 1) (i32.load offset=12 (local.get 0))))
  (func (param i32 i64) (result i64) (i64.xor (local.get 1) (i64.load32_u (local.get 0))))
  (func (param i32 i32) (result i32) (local i32)
    (local.set 2 (i32.load (local.get 0)))
    (i32.store8 (local.get 0) (local.get 1))
    (i32.xor (local.get 1) (local.get 2))))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments {v3@rdi v2@rsi v1@r15}
;;   1: xor v0=v2, dword ptr [v1+v3+0xc]
;;   2: return {<- v0@rax v1@r15}
;; function 1:
;; block0 depth 0 ( )
;;   0: arguments {v4@rdi v2@rsi v1@r15}
;;   1: mov v3, dword ptr [v1+v4]
;;   2: xor v0=v2, v3
;;   3: return {<- v0@rax v1@r15}
;; function 2:
;; block0 depth 0 ( )
;;   0: arguments {v4@rdi v2@rsi v1@r15}
;;   1: mov v3, dword ptr [v1+v4]
;;   2: mov byte ptr [v1+v4], v2
;;   3: xor v0=v2, v3
;;   4: return {<- v0@rax v1@r15}
