;; Rounded to the lesser integer, and one more if the dividend is negative.
(module
  (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 10)))
  (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const -7)))
  (func (param i32) (result i32) (i32.rem_s (local.get 0) (i32.const 100))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 10
;;   v2 = i64.extend_i32_s v0
;;   v3 = i64.const 1717986919
;;   v4 = i64.mul v2 v3
;;   v5 = i64.const 34
;;   v6 = i64.shr_s v4 v5
;;   v7 = i32.wrap_i64 v6
;;   v8 = i32.const 31
;;   v9 = i32.shr_s v0 v8
;;   v10 = i32.sub v7 v9
;;   return(v10)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const -7
;;   v2 = i64.extend_i32_s v0
;;   v3 = i64.const 2454267027
;;   v4 = i64.mul v2 v3
;;   v5 = i64.const 34
;;   v6 = i64.shr_s v4 v5
;;   v7 = i32.wrap_i64 v6
;;   v8 = i32.const 31
;;   v9 = i32.shr_s v0 v8
;;   v10 = i32.sub v9 v7
;;   return(v10)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 100
;;   v2 = i64.extend_i32_s v0
;;   v3 = i64.const 1374389535
;;   v4 = i64.mul v2 v3
;;   v5 = i64.const 37
;;   v6 = i64.shr_s v4 v5
;;   v7 = i32.wrap_i64 v6
;;   v8 = i32.const 31
;;   v9 = i32.shr_s v0 v8
;;   v10 = i32.sub v7 v9
;;   v11 = i32.mul v10 v1
;;   v12 = i32.sub v0 v11
;;   return(v12)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsxd rax, edi
;;     19  imul rax, rax, 0x66666667
;;     26  sar rax, 0x22
;;     30  sar edi, 0x1f
;;     33  sub eax, edi
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsxd rax, edi
;;     19  mov ecx, 0x92492493
;;     24  imul rax, rcx
;;     28  sar rax, 0x22
;;     32  sar edi, 0x1f
;;     35  sub edi, eax
;;     37  mov rax, rdi
;;     40  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsxd rax, edi
;;     19  imul rax, rax, 0x51eb851f
;;     26  sar rax, 0x25
;;     30  mov rcx, rdi
;;     33  sar ecx, 0x1f
;;     36  sub eax, ecx
;;     38  imul eax, eax, 0x64
;;     41  sub edi, eax
;;     43  mov rax, rdi
;;     46  ret
