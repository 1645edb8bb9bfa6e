;; Own globals are behind the context.
;; processors: full baseline
(module
  (global $i32 (mut i32) (i32.const 0))
  (func (param i32) (result i32) (global.get $i32) (global.set $i32 (local.get 0)))
  (global $i64 (mut i64) (i64.const 0))
  (func (param i64) (result i64) (global.get $i64) (global.set $i64 (local.get 0)))
  (global $f32 (mut f32) (f32.const 0))
  (func (param f32) (result f32) (global.get $f32) (global.set $f32 (local.get 0)))
  (global $f64 (mut f64) (f64.const 0))
  (func (param f64) (result f64) (global.get $f64) (global.set $f64 (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.global.get 0
;;   global.set 0 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.global.get 1
;;   global.set 1 v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.global.get 2
;;   global.set 2 v0
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.global.get 3
;;   global.set 3 v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, dword ptr [r14+0x90]
;;     23  mov qword ptr [r14+0x90], rdi
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0xa0]
;;     23  mov qword ptr [r14+0xa0], rdi
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovss xmm1, dword ptr [r14+0xb0]
;;     25  vmovss dword ptr [r14+0xb0], xmm0
;;     34  vmovaps xmm0, xmm1
;;     38  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovsd xmm1, qword ptr [r14+0xc0]
;;     25  vmovsd qword ptr [r14+0xc0], xmm0
;;     34  vmovaps xmm0, xmm1
;;     38  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, dword ptr [r14+0x90]
;;     23  mov qword ptr [r14+0x90], rdi
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0xa0]
;;     23  mov qword ptr [r14+0xa0], rdi
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movss xmm1, dword ptr [r14+0xb0]
;;     25  movss dword ptr [r14+0xb0], xmm0
;;     34  movaps xmm0, xmm1
;;     37  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  movsd xmm1, qword ptr [r14+0xc0]
;;     25  movsd qword ptr [r14+0xc0], xmm0
;;     34  movaps xmm0, xmm1
;;     37  ret
