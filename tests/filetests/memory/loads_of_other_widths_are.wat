;; Another instruction reads again.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.mul (i32.load8_u (local.get 0)) (i32.load8_s (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load8_u base v1 v0
;;   v3 = i32.load8_s base v1 v0
;;   v4 = i32.mul v2 v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movzx eax, byte ptr [r15+rdi]
;;     21  movsx ecx, byte ptr [r15+rdi]
;;     26  imul eax, ecx
;;     29  ret
