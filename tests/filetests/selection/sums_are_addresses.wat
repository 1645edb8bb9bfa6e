;; Both operands stay as they are, unless one is not needed any more.
(module
  (func (param i32 i32) (result i32 i32 i32) (i32.add (local.get 0) (local.get 1)) (local.get 0) (local.get 1))
  (func (param i64) (result i64 i64) (i64.add (local.get 0) (i64.const 100)) (local.get 0))
  (func (param i64) (result i64) (i64.add (local.get 0) (i64.const 0x123456789A))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.add v0 v1
;;   return(v2, v0, v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 100
;;   v2 = i64.add v0 v1
;;   return(v2, v0)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 78187493530
;;   v2 = i64.add v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rsi]
;;     19  mov rcx, rsi
;;     22  mov rdx, rdi
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea rax, [rdi+0x64]
;;     20  mov rdx, rdi
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x123456789a
;;     26  add rax, rdi
;;     29  ret
