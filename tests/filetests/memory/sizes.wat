;; The size in bytes becomes pages.
(module
  (memory 1)
  (func (result i32) (memory.size)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = memory.bytes 0
;;   v1 = i64.const 16
;;   v2 = i64.shr_u v0 v1
;;   v3 = i32.wrap_i64 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  shr rax, 0x10
;;     28  mov eax, eax
;;     30  ret
