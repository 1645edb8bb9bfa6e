;; They are what was stored.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (i32.store (local.get 0) (local.get 1)) (i32.load (local.get 0)))
  (func (param i32 f64) (result f64) (f64.store (local.get 0) (local.get 1)) (f64.load (local.get 0)))
  (func (param i32 v128) (result v128) (v128.store (local.get 0) (local.get 1)) (v128.load (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store base v2 v0 v1
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = f64.argument 1
;;   v2 = memory.base 0
;;   f64.store base v2 v0 v1
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = v128.argument 1
;;   v2 = memory.base 0
;;   v128.store base v2 v0 v1
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov dword ptr [r15+rdi], esi
;;     20  mov rax, rsi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovsd qword ptr [r15+rdi], xmm0
;;     22  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vmovups xmmword ptr [r15+rdi], xmm0
;;     22  ret
