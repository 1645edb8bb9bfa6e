;; They may change everything.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.add (i32.load (local.get 0)) (block (result i32) (memory.fill (i32.const 0) (i32.const 0) (i32.const 99)) (i32.load (local.get 0))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load base v1 v0
;;   v3 = i32.const 0
;;   v4 = i32.const 99
;;   fill_bytes v3 v3 v4
;;   v6 = i32.load base v1 v0
;;   v7 = i32.add v2 v6
;;   return(v7)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi]
;;     20  mov esi, 0x0
;;     25  mov edx, 0x63
;;     30  mov r9, rdi
;;     33  mov r8, rax
;;     36  mov edi, 0x0
;;     41  call qword ptr [r14+0x30]
;;     45  add r8d, dword ptr [r15+r9]
;;     49  mov rax, r8
;;     52  ret
