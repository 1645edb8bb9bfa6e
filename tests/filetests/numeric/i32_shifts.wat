;; A shift by a register takes any register for the count with BMI2, and rcx without it.
;; processors: full baseline
(module
  (func (param i32 i32) (result i32) (i32.shl (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.shr_s (local.get 0) (local.get 1)))
  (func (param i32 i32) (result i32) (i32.shr_u (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.shl v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.shr_s v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.shr_u v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shlx eax, edi, esi
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sarx eax, edi, esi
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shrx eax, edi, esi
;;     21  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rcx, rsi
;;     19  shl edi, cl
;;     21  mov rax, rdi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rcx, rsi
;;     19  sar edi, cl
;;     21  mov rax, rdi
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rcx, rsi
;;     19  shr edi, cl
;;     21  mov rax, rdi
;;     24  ret
