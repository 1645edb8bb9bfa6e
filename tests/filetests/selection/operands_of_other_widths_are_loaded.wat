;; What is narrower in memory is loaded first.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (i32.add (local.get 0) (i32.load8_u (local.get 1))))
  (func (param i64 i32) (result i64) (i64.add (local.get 0) (i64.load32_u (local.get 1))))
  (func (param i32) (result f64) (f64.promote_f32 (f32.load (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load8_u base v2 v1
;;   v4 = i32.add v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i64.load32_u base v2 v1
;;   v4 = i64.add v0 v3
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = f32.load base v1 v0
;;   v3 = f64.promote_f32 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movzx eax, byte ptr [r15+rsi]
;;     21  add eax, edi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rsi]
;;     20  add rax, rdi
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtss2sd xmm0, xmm0, dword ptr [r15+rdi]
;;     26  ret
