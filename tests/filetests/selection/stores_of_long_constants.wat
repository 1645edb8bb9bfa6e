;; What does not fit into 32 bits is in a register.
(module
  (memory 1)
  (func (param i32) (i64.store (local.get 0) (i64.const 0x123456789A)))
  (func (param i32) (f64.store (local.get 0) (f64.const 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.const 78187493530
;;   v2 = memory.base 0
;;   i64.store base v2 v0 v1
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.const 1.0
;;   v2 = memory.base 0
;;   f64.store base v2 v0 v1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, 0x123456789a
;;     26  mov qword ptr [r15+rdi], rax
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd xmm0, qword ptr [rip]
;;     24  vmovsd qword ptr [r15+rdi], xmm0
;;     30  ret
