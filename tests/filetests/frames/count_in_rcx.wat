;; What is in rcx makes room for the count.
;; processors: full baseline
(module
  (func (param i32 i32 i32 i32) (result i32) (i32.add (i32.rotl (local.get 0) (local.get 1)) (i32.rotr (local.get 2) (local.get 3)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.argument 3
;;   v4 = i32.rotl v0 v1
;;   v5 = i32.rotr v2 v3
;;   v6 = i32.add v4 v5
;;   return(v6)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rcx
;;     19  mov rcx, rsi
;;     22  rol edi, cl
;;     24  mov rcx, rax
;;     27  ror edx, cl
;;     29  lea eax, [rdi+rdx]
;;     32  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rcx
;;     19  mov rcx, rsi
;;     22  rol edi, cl
;;     24  mov rcx, rax
;;     27  ror edx, cl
;;     29  lea eax, [rdi+rdx]
;;     32  ret
