;; What is rotated is needed again: with BMI2, the result is elsewhere at once.
;; processors: full baseline
(module
  (func (param i32) (result i32)
    (i32.xor
      (i32.rotr (local.get 0) (i32.const 6))
      (i32.xor (i32.rotl (local.get 0) (i32.const 21)) (i32.rotr (local.get 0) (i32.const 57)))))
  (func (param i64) (result i64)
    (i64.xor (i64.rotl (local.get 0) (i64.const 0)) (i64.rotl (local.get 0) (i64.const 1))))
  (func (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 8))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 6
;;   v2 = i32.rotr v0 v1
;;   v3 = i32.const 21
;;   v4 = i32.rotl v0 v3
;;   v5 = i32.const 57
;;   v6 = i32.rotr v0 v5
;;   v7 = i32.xor v4 v6
;;   v8 = i32.xor v2 v7
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 0
;;   v2 = i64.const 1
;;   v3 = i64.rotl v0 v2
;;   v4 = i64.xor v0 v3
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 8
;;   v2 = i64.rotl v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  rorx eax, edi, 0x6
;;     22  rorx ecx, edi, 0xb
;;     28  rorx edx, edi, 0x19
;;     34  xor ecx, edx
;;     36  xor eax, ecx
;;     38  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  rorx rax, rdi, 0x3f
;;     22  xor rax, rdi
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  rol rdi, 0x8
;;     20  mov rax, rdi
;;     23  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ror eax, 0x6
;;     22  mov rcx, rdi
;;     25  rol ecx, 0x15
;;     28  ror edi, 0x19
;;     31  xor ecx, edi
;;     33  xor eax, ecx
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  rol rax, 0x1
;;     23  xor rax, rdi
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  rol rdi, 0x8
;;     20  mov rax, rdi
;;     23  ret
