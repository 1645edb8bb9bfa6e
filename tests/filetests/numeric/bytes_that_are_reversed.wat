;; Shifts, rotations and masks that reverse the bytes of a value are one operation.
(module
  (func (param i32) (result i32)
    (i32.or
      (i32.rotr (i32.and (local.get 0) (i32.const 0xff00ff)) (i32.const 8))
      (i32.and (i32.rotr (local.get 0) (i32.const 24)) (i32.const 0xff00ff))))
  (func (param i64) (result i64)
    (local.set 0
      (i64.or
        (i64.and (i64.shl (local.get 0) (i64.const 8)) (i64.const 0xff00ff00ff00ff00))
        (i64.and (i64.shr_u (local.get 0) (i64.const 8)) (i64.const 0xff00ff00ff00ff))))
    (local.set 0
      (i64.or
        (i64.and (i64.shl (local.get 0) (i64.const 16)) (i64.const 0xffff0000ffff0000))
        (i64.and (i64.shr_u (local.get 0) (i64.const 16)) (i64.const 0xffff0000ffff))))
    (i64.or (i64.shl (local.get 0) (i64.const 32)) (i64.shr_u (local.get 0) (i64.const 32))))
  (func (param i32) (result i32)
    (i32.or
      (i32.rotr (i32.and (local.get 0) (i32.const 0xff00ff)) (i32.const 8))
      (i32.and (i32.rotr (local.get 0) (i32.const 24)) (i32.const 0xff00fe)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 16711935
;;   v2 = i32.and v0 v1
;;   v3 = i32.const 8
;;   v4 = i32.rotr v2 v3
;;   v5 = i32.const 24
;;   v6 = i32.rotr v0 v5
;;   v7 = i32.and v6 v1
;;   v8 = swap_bytes v0
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 8
;;   v2 = i64.shl v0 v1
;;   v3 = i64.const -71777214294589696
;;   v4 = i64.and v2 v3
;;   v5 = i64.shr_u v0 v1
;;   v6 = i64.const 71777214294589695
;;   v7 = i64.and v5 v6
;;   v8 = i64.or v4 v7
;;   v9 = i64.const 16
;;   v10 = i64.shl v8 v9
;;   v11 = i64.const -281470681808896
;;   v12 = i64.and v10 v11
;;   v13 = i64.shr_u v8 v9
;;   v14 = i64.const 281470681808895
;;   v15 = i64.and v13 v14
;;   v16 = i64.or v12 v15
;;   v17 = i64.const 32
;;   v18 = i64.shl v16 v17
;;   v19 = i64.shr_u v16 v17
;;   v20 = swap_bytes v0
;;   return(v20)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 16711935
;;   v2 = i32.and v0 v1
;;   v3 = i32.const 8
;;   v4 = i32.rotr v2 v3
;;   v5 = i32.const 24
;;   v6 = i32.rotr v0 v5
;;   v7 = i32.const 16711934
;;   v8 = i32.and v6 v7
;;   v9 = i32.or v4 v8
;;   return(v9)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  bswap edi
;;     18  mov rax, rdi
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  bswap rdi
;;     19  mov rax, rdi
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  and eax, 0xff00ff
;;     25  ror eax, 0x8
;;     28  rorx ecx, edi, 0x18
;;     34  and ecx, 0xff00fe
;;     40  or eax, ecx
;;     42  ret
