;; Masks of masks meet.
(module
  (func (param i32) (result i32) (i32.and (i32.and (local.get 0) (i32.const 0xFF0)) (i32.const 0xFF))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 4080
;;   v2 = i32.and v0 v1
;;   v3 = i32.const 255
;;   v4 = i32.const 240
;;   v5 = i32.and v0 v4
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xf0
;;     22  mov rax, rdi
;;     25  ret
