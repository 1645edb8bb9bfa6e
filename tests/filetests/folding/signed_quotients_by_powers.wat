;; Negative dividends are made greater first.
(module
  (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 8)))
  (func (param i32) (result i32) (i32.rem_s (local.get 0) (i32.const 8)))
  (func (param i64) (result i64) (i64.div_s (local.get 0) (i64.const -4)))
  (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 0x80000000))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.const 31
;;   v3 = i32.shr_s v0 v2
;;   v4 = i32.const 29
;;   v5 = i32.shr_u v3 v4
;;   v6 = i32.add v0 v5
;;   v7 = i32.const 3
;;   v8 = i32.shr_s v6 v7
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.const 31
;;   v3 = i32.shr_s v0 v2
;;   v4 = i32.const 29
;;   v5 = i32.shr_u v3 v4
;;   v6 = i32.add v0 v5
;;   v7 = i32.const -8
;;   v8 = i32.and v6 v7
;;   v9 = i32.sub v0 v8
;;   return(v9)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -4
;;   v2 = i64.const 63
;;   v3 = i64.shr_s v0 v2
;;   v4 = i64.const 62
;;   v5 = i64.shr_u v3 v4
;;   v6 = i64.add v0 v5
;;   v7 = i64.const 2
;;   v8 = i64.shr_s v6 v7
;;   v9 = i64.const 0
;;   v10 = i64.sub v9 v8
;;   return(v10)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const -2147483648
;;   v2 = i32.const 31
;;   v3 = i32.shr_s v0 v2
;;   v4 = i32.const 1
;;   v5 = i32.shr_u v3 v4
;;   v6 = i32.add v0 v5
;;   v7 = i32.shr_s v6 v2
;;   v8 = i32.const 0
;;   v9 = i32.sub v8 v7
;;   return(v9)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  sar eax, 0x1f
;;     22  shr eax, 0x1d
;;     25  add eax, edi
;;     27  sar eax, 0x3
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  sar eax, 0x1f
;;     22  shr eax, 0x1d
;;     25  add eax, edi
;;     27  and eax, -0x8
;;     30  sub edi, eax
;;     32  mov rax, rdi
;;     35  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  sar rax, 0x3f
;;     23  shr rax, 0x3e
;;     27  add rax, rdi
;;     30  sar rax, 0x2
;;     34  neg rax
;;     37  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  sar eax, 0x1f
;;     22  shr eax, 0x1
;;     25  add eax, edi
;;     27  sar eax, 0x1f
;;     30  neg eax
;;     32  ret
