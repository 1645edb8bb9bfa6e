;; A store to another place may change this one.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (drop (i32.load (local.get 0))) (i32.store (local.get 1) (i32.const 0)) (i32.load (local.get 0)))
  (func (param i32 i32) (result i32) (i32.add (i32.load (local.get 0)) (block (result i32) (i32.store (local.get 1) (i32.const 0)) (i32.load (local.get 0))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v0
;;   v4 = i32.const 0
;;   i32.store base v2 v1 v4
;;   v6 = i32.load base v2 v0
;;   return(v6)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.base 0
;;   v3 = i32.load base v2 v0
;;   v4 = i32.const 0
;;   i32.store base v2 v1 v4
;;   v6 = i32.load base v2 v0
;;   v7 = i32.add v3 v6
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi]
;;     20  mov dword ptr [r15+rsi], 0x0
;;     28  mov eax, dword ptr [r15+rdi]
;;     32  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi]
;;     20  mov dword ptr [r15+rsi], 0x0
;;     28  add eax, dword ptr [r15+rdi]
;;     32  ret
