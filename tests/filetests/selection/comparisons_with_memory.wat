;; A load of the same width becomes part of a comparison.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (i32.lt_u (local.get 0) (i32.load (local.get 1))))
  (func (param i64 i32) (result i32) (i64.eq (local.get 0) (i64.load offset=8 (local.get 1))))
  (func (param f64 i32) (result i32) (f64.gt (local.get 0) (f64.load (local.get 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v1
;;   v4 = i32.lt_u v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i64.load offset 8 base v2 v1
;;   v4 = i64.eq v0 v3
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = f64.load base v2 v1
;;   v4 = f64.gt v0 v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  cmp edi, dword ptr [r15+rsi]
;;     20  setb al
;;     23  movzx eax, al
;;     26  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  cmp rdi, qword ptr [r15+rsi+0x8]
;;     21  sete al
;;     24  movzx eax, al
;;     27  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vucomisd xmm0, qword ptr [r15+rdi]
;;     22  seta al
;;     25  movzx eax, al
;;     28  ret
