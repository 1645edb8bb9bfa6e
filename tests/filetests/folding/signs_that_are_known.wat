;; A number without its highest bit is extended with zeros.
(module
  (func (param i32) (result i64) (i64.extend_i32_s (i32.and (local.get 0) (i32.const 0xFFFF))))
  (func (param i32) (result i64) (i64.extend_i32_s (i32.shr_u (local.get 0) (i32.const 1))))
  (func (param i32) (result i32) (i32.extend8_s (i32.and (local.get 0) (i32.const 0x7F))))
  (func (param i32) (result i32) (i32.extend16_s (i32.and (local.get 0) (i32.const 0x7FFF)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 65535
;;   v2 = i32.and v0 v1
;;   v3 = i64.extend_i32_u v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.shr_u v0 v1
;;   v3 = i64.extend_i32_u v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 127
;;   v2 = i32.and v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 32767
;;   v2 = i32.and v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0xffff
;;     22  mov rax, rdi
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shr edi, 0x1
;;     19  mov rax, rdi
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7f
;;     19  mov rax, rdi
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  and edi, 0x7fff
;;     22  mov rax, rdi
;;     25  ret
