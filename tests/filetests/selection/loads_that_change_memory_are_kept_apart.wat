;; Reading, changing and writing a place are an instruction each.
(module
  (memory 1)
  (func (param i32 i32) (i32.store (local.get 0) (i32.add (i32.load (local.get 0)) (local.get 1))))
  (func (param i32) (i64.store (local.get 0) (i64.and (i64.load (local.get 0)) (i64.const 7)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v0
;;   v4 = i32.add v1 v3
;;   i32.store base v2 v0 v4
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i64.load base v1 v0
;;   v3 = i64.const 7
;;   v4 = i64.and v2 v3
;;   i64.store base v1 v0 v4
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  add esi, dword ptr [r15+rdi]
;;     20  mov dword ptr [r15+rdi], esi
;;     24  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r15+rdi]
;;     20  and rax, 0x7
;;     24  mov qword ptr [r15+rdi], rax
;;     28  ret
