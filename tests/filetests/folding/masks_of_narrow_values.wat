;; A mask of what has no more bits is nothing.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.and (i32.load8_u (local.get 0)) (i32.const 255)))
  (func (param i32) (result i32) (i32.and (i32.load16_u (local.get 0)) (i32.const 0xFFFF)))
  (func (param i32) (result i32) (i32.and (i32.shr_u (local.get 0) (i32.const 28)) (i32.const 15)))
  (func (param i64) (result i64) (i64.and (i64.popcnt (local.get 0)) (i64.const 127))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load8_u base v1 v0
;;   v3 = i32.const 255
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load16_u base v1 v0
;;   v3 = i32.const 65535
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 28
;;   v2 = i32.shr_u v0 v1
;;   v3 = i32.const 15
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.popcnt v0
;;   v2 = i64.const 127
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movzx eax, byte ptr [r15+rdi]
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movzx eax, word ptr [r15+rdi]
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  shr edi, 0x1c
;;     19  mov rax, rdi
;;     22  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  popcnt rax, rdi
;;     21  ret
