;; The end is one behind.
;; engine: checked
(module
  (memory 1)
  (func (param i32) (result i32) (i32.load8_u (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 1
;;   v3 = memory.base 0
;;   v4 = i32.load8_u base v3 v0
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  lea rcx, [rdi+0x1]
;;     28  cmp rcx, rax
;;     31  ja trap1
;;     37  mov rax, qword ptr [r14+0x48]
;;     41  mov rax, qword ptr [rax]
;;     44  movzx eax, byte ptr [rax+rdi]
;;     48  ret
;;     49  trap MemoryOutOfBounds
