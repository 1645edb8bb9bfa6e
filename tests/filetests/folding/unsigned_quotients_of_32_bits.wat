;; A product of 64 bits, or the high half of one of 128 bits.
(module
  (func (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10)))
  (func (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 7)))
  (func (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 1000))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 10
;;   v2 = i64.extend_i32_u v0
;;   v3 = i64.const 3435973837
;;   v4 = i64.mul v2 v3
;;   v5 = i64.const 35
;;   v6 = i64.shr_u v4 v5
;;   v7 = i32.wrap_i64 v6
;;   return(v7)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 7
;;   v2 = i64.extend_i32_u v0
;;   v3 = i64.const 2635249153387078803
;;   v4 = i64.mul_high_u v2 v3
;;   v5 = i32.wrap_i64 v4
;;   return(v5)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1000
;;   v2 = i64.extend_i32_u v0
;;   v3 = i64.const 274877907
;;   v4 = i64.mul v2 v3
;;   v5 = i64.const 38
;;   v6 = i64.shr_u v4 v5
;;   v7 = i32.wrap_i64 v6
;;   v8 = i32.mul v7 v1
;;   v9 = i32.sub v0 v8
;;   return(v9)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0xcccccccd
;;     21  imul rdi, rax
;;     25  shr rdi, 0x23
;;     29  mov eax, edi
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x2492492492492493
;;     26  mul rdi
;;     29  mov eax, edx
;;     31  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul rax, rdi, 0x10624dd3
;;     23  shr rax, 0x26
;;     27  imul eax, eax, 0x3e8
;;     33  sub edi, eax
;;     35  mov rax, rdi
;;     38  ret
