;; The opposite of a comparison of integers is a comparison.
(module
  (func (param i32 i32) (result i32) (i32.eqz (i32.le_u (local.get 0) (local.get 1))))
  (func (param i64 i64) (result i32) (i32.eqz (i64.gt_s (local.get 0) (local.get 1))))
  (func (param f32 f32) (result i32) (i32.eqz (f32.eq (local.get 0) (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.le_u v0 v1
;;   v3 = i32.gt_u v0 v1
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.gt_s v0 v1
;;   v3 = i64.le_s v0 v1
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.eq v0 v1
;;   v3 = f32.ne v0 v1
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp edi, esi
;;     18  seta al
;;     21  movzx eax, al
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  cmp rdi, rsi
;;     19  setle al
;;     22  movzx eax, al
;;     25  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  setne al
;;     23  setp cl
;;     26  or eax, ecx
;;     28  movzx eax, al
;;     31  ret
