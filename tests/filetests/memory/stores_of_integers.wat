;; Stores of all widths.
(module
  (memory 1)
  (func (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (param i32 i32) (i32.store16 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.store8 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.store16 (local.get 0) (local.get 1)))
  (func (param i32 i64) (i64.store32 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store base v2 v0 v1
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store8 base v2 v0 v1
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   i32.store16 base v2 v0 v1
;;   return
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = memory.base 0
;;   i64.store base v2 v0 v1
;;   return
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = memory.base 0
;;   i64.store8 base v2 v0 v1
;;   return
;; function 5:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = memory.base 0
;;   i64.store16 base v2 v0 v1
;;   return
;; function 6:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = memory.base 0
;;   i64.store32 base v2 v0 v1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov dword ptr [r15+rdi], esi
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov byte ptr [r15+rdi], sil
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov word ptr [r15+rdi], si
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov qword ptr [r15+rdi], rsi
;;     20  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov byte ptr [r15+rdi], sil
;;     20  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov word ptr [r15+rdi], si
;;     21  ret
;; function 6:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov dword ptr [r15+rdi], esi
;;     20  ret
