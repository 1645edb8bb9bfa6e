;; Imported globals are looked up.
(module
  (import "host" "a" (global $a i32)) (import "host" "b" (global $b (mut i64)))
  (func (result i32) (global.get $a))
  (func (param i64) (global.set $b (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.global.get 0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   global.set 1 v0
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x68]
;;     20  mov rax, qword ptr [rax]
;;     23  mov eax, dword ptr [rax]
;;     25  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x68]
;;     20  mov rax, qword ptr [rax+0x8]
;;     24  mov qword ptr [rax], rdi
;;     27  ret
