;; Constants of 32 bits are part of the instruction, on the left the condition turns round.
(module
  (func (param i32) (result i32) (i32.lt_s (i32.const 5) (local.get 0)))
  (func (param i64) (result i32) (i64.gt_u (local.get 0) (i64.const -1)))
  (func (param i64) (result i32) (i64.gt_u (local.get 0) (i64.const 0xFFFFFFFF)))
  (func (param i32) (result i32) (i32.ge_u (local.get 0) (i32.const 0x80000000))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 5
;;   v2 = i32.lt_s v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -1
;;   v2 = i64.gt_u v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 4294967295
;;   v2 = i64.gt_u v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const -2147483648
;;   v2 = i32.ge_u v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, 0x5
;;     19  setg al
;;     22  movzx eax, al
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, -0x1
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0xffffffff
;;     21  cmp rdi, rax
;;     24  seta al
;;     27  movzx eax, al
;;     30  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, -0x80000000
;;     22  setae al
;;     25  movzx eax, al
;;     28  ret
