(module
  (func (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 10))))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments {v1@rdi v2@rsi}
;;   1: test v2, v2
;;   2: trape
;;   3: mov v3, 0x80000000
;;   4: xor v4=v3, v1
;;   5: not v5=v2
;;   6: or v6=v4, v5
;;   7: trape
;;   8: cdq {v9@rdx <- v1@rax}
;;   9: idiv v2 {v7@rax v8@rdx <- v1@rax v9@rdx}
;;   10: copy v0, v7
;;   11: return {<- v0@rax}
;; function 1:
;; block0 depth 0 ( )
;;   0: arguments {v1@rdi v2@rsi}
;;   1: test v2, v2
;;   2: trape
;;   3: mov v3, 0x1
;;   4: cmp v2, -0x1
;;   5: cmovne v4=v3, v2
;;   6: cdq {v7@rdx <- v1@rax}
;;   7: idiv v4 {v5@rax v6@rdx <- v1@rax v7@rdx}
;;   8: copy v0, v6
;;   9: return {<- v0@rax}
;; function 2:
;; block0 depth 0 ( )
;;   0: arguments {v3@rdi}
;;   1: mov v2, 0xcccccccccccccccd
;;   2: mul v3 {v4@rax v1@rdx <- v2@rax}
;;   3: shr v0=v1, 0x3
;;   4: return {<- v0@rax}
