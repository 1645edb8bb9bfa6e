;; The sum in the address has 32 bits and is not part of the access.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.load (i32.add (local.get 0) (i32.const 8))))
  (func (param i32 i32) (result i32) (i32.load (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.add v0 v1
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v2
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 2
;;   v3 = i32.shl v1 v2
;;   v4 = i32.add v0 v3
;;   v5 = memory.base 0
;;   v6 = i32.load base v5 v4
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  lea eax, [rdi+0x8]
;;     19  mov eax, dword ptr [r15+rax]
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  shl esi, 0x2
;;     19  lea eax, [rdi+rsi]
;;     22  mov eax, dword ptr [r15+rax]
;;     26  ret
