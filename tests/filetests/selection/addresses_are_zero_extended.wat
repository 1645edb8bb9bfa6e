;; What gives an address clears the upper half of its register.
(module
  (memory 1)
  (func (param i64) (result i32) (i32.load (i32.wrap_i64 (local.get 0))))
  (func (param i32) (result i32) (i32.load (i32.extend8_s (local.get 0))))
  (func (param i32) (result i32) (i32.load (i32.load8_s (local.get 0))))
  (func (param i32 i32) (result i32) (i32.load (select (local.get 0) (local.get 1) (i32.eqz (local.get 1))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.wrap_i64 v0
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v1
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.extend8_s v0
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v1
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load8_s base v1 v0
;;   v3 = i32.load base v1 v2
;;   return(v3)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.eqz v1
;;   v3 = i32.select v1 v0 v1
;;   v4 = memory.base 0
;;   v5 = i32.load base v4 v3
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, edi
;;     18  mov eax, dword ptr [r15+rax]
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsx eax, dil
;;     20  mov eax, dword ptr [r15+rax]
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  movsx eax, byte ptr [r15+rdi]
;;     21  mov eax, dword ptr [r15+rax]
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  test esi, esi
;;     18  cmovne edi, esi
;;     21  mov eax, dword ptr [r15+rdi]
;;     25  ret
