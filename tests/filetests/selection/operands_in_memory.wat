;; A load of the same width becomes part of its user.
;; processors: full baseline
(module
  (memory 1)
  (func (param i32 i32) (result i32) (i32.add (local.get 0) (i32.load (local.get 1))))
  (func (param i64 i32) (result i64) (i64.sub (local.get 0) (i64.load (local.get 1))))
  (func (param i32 i32) (result i32) (i32.mul (local.get 0) (i32.load (local.get 1))))
  (func (param f32 i32) (result f32) (f32.add (local.get 0) (f32.load (local.get 1))))
  (func (param i32) (result f64) (f64.sqrt (f64.load (local.get 0))))
  (func (param i32) (result f64) (f64.convert_i32_s (i32.load (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v1
;;   v4 = i32.add v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i64.load base v2 v1
;;   v4 = i64.sub v0 v3
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v1
;;   v4 = i32.mul v0 v3
;;   return(v4)
;; function 3:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = f32.load base v2 v1
;;   v4 = f32.add v0 v3
;;   return(v4)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = f64.load base v1 v0
;;   v3 = f64.sqrt v2
;;   return(v3)
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load base v1 v0
;;   v3 = f64.convert_i32_s v2
;;   return(v3)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  add edi, dword ptr [r15+rsi]
;;     20  mov rax, rdi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  sub rdi, qword ptr [r15+rsi]
;;     20  mov rax, rdi
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  imul edi, dword ptr [r15+rsi]
;;     21  mov rax, rdi
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vaddss xmm0, xmm0, dword ptr [r15+rdi]
;;     22  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vsqrtsd xmm0, xmm0, qword ptr [r15+rdi]
;;     26  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  vxorps xmm0, xmm0, xmm0
;;     20  vcvtsi2sd xmm0, xmm0, dword ptr [r15+rdi]
;;     26  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  add edi, dword ptr [r15+rsi]
;;     20  mov rax, rdi
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  sub rdi, qword ptr [r15+rsi]
;;     20  mov rax, rdi
;;     23  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  imul edi, dword ptr [r15+rsi]
;;     21  mov rax, rdi
;;     24  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  addss xmm0, dword ptr [r15+rdi]
;;     22  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  sqrtsd xmm0, qword ptr [r15+rdi]
;;     25  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  xorps xmm0, xmm0
;;     19  cvtsi2sd xmm0, dword ptr [r15+rdi]
;;     25  ret
