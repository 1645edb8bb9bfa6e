;; A store is checked as a load is.
;; engine: checked
(module
  (memory 1)
  (func (param i32 i64) (i64.store offset=12 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = memory.bytes 0
;;   check_bounds v0 v2 end 20
;;   v4 = memory.base 0
;;   i64.store offset 12 base v4 v0 v1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x14]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  mov qword ptr [rax+rdi+0xc], rsi
;;     49  ret
;;     50  trap MemoryOutOfBounds
