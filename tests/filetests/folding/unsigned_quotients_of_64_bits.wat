;; The high half of a product; for some divisors after a shift, for some with a multiplier of 65 bits.
(module
  (func (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 10)))
  (func (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 14)))
  (func (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 7)))
  (func (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 60))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 10
;;   v2 = i64.const -3689348814741910323
;;   v3 = i64.mul_high_u v0 v2
;;   v4 = i64.const 3
;;   v5 = i64.shr_u v3 v4
;;   return(v5)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 14
;;   v2 = i64.const 1
;;   v3 = i64.shr_u v0 v2
;;   v4 = i64.const 5270498306774157605
;;   v5 = i64.mul_high_u v3 v4
;;   v6 = i64.shr_u v5 v2
;;   return(v6)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 7
;;   v2 = i64.const 2635249153387078803
;;   v3 = i64.mul_high_u v0 v2
;;   v4 = i64.sub v0 v3
;;   v5 = i64.const 1
;;   v6 = i64.shr_u v4 v5
;;   v7 = i64.add v3 v6
;;   v8 = i64.const 2
;;   v9 = i64.shr_u v7 v8
;;   return(v9)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 60
;;   v2 = i64.const -8608480567731124087
;;   v3 = i64.mul_high_u v0 v2
;;   v4 = i64.const 5
;;   v5 = i64.shr_u v3 v4
;;   v6 = i64.mul v5 v1
;;   v7 = i64.sub v0 v6
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0xcccccccccccccccd
;;     26  mul rdi
;;     29  shr rdx, 0x3
;;     33  mov rax, rdx
;;     36  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shr rdi, 0x1
;;     20  mov rax, 0x4924924924924925
;;     30  mul rdi
;;     33  shr rdx, 0x1
;;     37  mov rax, rdx
;;     40  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x2492492492492493
;;     26  mul rdi
;;     29  sub rdi, rdx
;;     32  shr rdi, 0x1
;;     36  lea rax, [rdx+rdi]
;;     40  shr rax, 0x2
;;     44  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x8888888888888889
;;     26  mul rdi
;;     29  shr rdx, 0x5
;;     33  imul rax, rdx, 0x3c
;;     37  sub rdi, rax
;;     40  mov rax, rdi
;;     43  ret
