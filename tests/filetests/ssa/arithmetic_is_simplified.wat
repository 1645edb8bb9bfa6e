(module
  (func (param i32) (result i32) (i32.add (i32.add (local.get 0) (i32.const 3)) (i32.const -3)))
  (func (param i32) (result i32) (i32.mul (i32.const 8) (local.get 0)))
  (func (param i32) (result i32) (i32.rem_u (i32.div_u (local.get 0) (i32.const 4)) (i32.const 16)))
  (func (param i32) (result i32) (i32.sub (local.get 0) (local.get 0)))
  (func (param i32) (result i32) (i32.and (i32.shr_u (local.get 0) (i32.const 24)) (i32.const 255)))
  (func (param i32 i32) (result i32) (i32.eqz (i32.lt_s (local.get 0) (local.get 1))))
  (func (param i32) (result i64) (i64.extend_i32_u (i32.wrap_i64 (i64.extend_i32_s (local.get 0)))))
  (func (param i32 i32) (result i32) (select (i32.const 1) (i32.const 0) (i32.gt_u (local.get 0) (local.get 1))))
  (func (result i64) (i64.rotl (i64.const 0x8000000000000001) (i64.const 4))))
;; expect
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 3
;;   v2 = i32.add v0 v1
;;   v3 = i32.const -3
;;   v4 = i32.const 0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.const 3
;;   v3 = i32.shl v0 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 4
;;   v2 = i32.const 2
;;   v3 = i32.shr_u v0 v2
;;   v4 = i32.const 16
;;   v5 = i32.const 15
;;   v6 = i32.and v3 v5
;;   return(v6)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   return(v1)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 24
;;   v2 = i32.shr_u v0 v1
;;   v3 = i32.const 255
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.lt_s v0 v1
;;   v3 = i32.ge_s v0 v1
;;   return(v3)
;; function 6:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.extend_i32_s v0
;;   v2 = i64.extend_i32_u v0
;;   return(v2)
;; function 7:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 1
;;   v3 = i32.const 0
;;   v4 = i32.gt_u v0 v1
;;   return(v4)
;; function 8:
;; b0:
;;   v0 = i64.const -9223372036854775807
;;   v1 = i64.const 4
;;   v2 = i64.const 24
;;   return(v2)
