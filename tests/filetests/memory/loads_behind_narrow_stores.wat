;; What is stored in part is loaded.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (i32.store8 (local.get 0) (local.get 1)) (i32.load8_u (local.get 0)))
  (func (param i32 i64) (result i32) (i64.store (local.get 0) (local.get 1)) (i32.load (local.get 0)))
  (func (param i32 i32) (result f32) (i32.store (local.get 0) (local.get 1)) (f32.load (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store8 base v2 v0 v1
;;   v4 = i32.load8_u base v2 v0
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = memory.base 0
;;   i64.store base v2 v0 v1
;;   v4 = i32.load base v2 v0
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store base v2 v0 v1
;;   v4 = f32.load base v2 v0
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov byte ptr [r15+rdi], sil
;;     20  movzx eax, byte ptr [r15+rdi]
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov qword ptr [r15+rdi], rsi
;;     20  mov eax, dword ptr [r15+rdi]
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov dword ptr [r15+rdi], esi
;;     20  vmovss xmm0, dword ptr [r15+rdi]
;;     26  ret
