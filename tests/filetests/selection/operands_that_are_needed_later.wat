;; What an instruction overwrites is copied first.
;; processors: full baseline
(module
  (func (param i32 i32) (result i32 i32 i32) (i32.sub (local.get 0) (local.get 1)) (local.get 0) (local.get 1))
  (func (param f64 f64) (result f64 f64) (f64.sub (local.get 0) (local.get 1)) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.sub v0 v1
;;   return(v2, v0, v1)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.sub v0 v1
;;   return(v2, v0)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  sub eax, esi
;;     21  mov rcx, rsi
;;     24  mov rdx, rdi
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vsubsd xmm1, xmm0, xmm1
;;     20  vmovaps xmm15, xmm1
;;     24  vmovaps xmm1, xmm0
;;     28  vmovaps xmm0, xmm15
;;     33  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  sub eax, esi
;;     21  mov rcx, rsi
;;     24  mov rdx, rdi
;;     27  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movaps xmm2, xmm0
;;     19  subsd xmm2, xmm1
;;     23  movaps xmm1, xmm0
;;     26  movaps xmm0, xmm2
;;     29  ret
