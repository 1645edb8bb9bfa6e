;; The base of the memory stays in its register.
;; engine: no_inlining
(module
  (memory 1)
  (func (param i32) (result i32) (i32.store (local.get 0) (i32.const 1)) (call $f) (i32.load (local.get 0)))
  (func $f))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = memory.base 0
;;   i32.store base v2 v0 v1
;;   call 1()
;;   v5 = i32.load base v2 v0
;;   return(v5)
;; function 1:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov dword ptr [r15+rdi], 0x1
;;     46  mov rbx, rdi
;;     49  call function 1
;;     54  mov eax, dword ptr [r15+rbx]
;;     58  mov rbx, qword ptr [rbp-0x8]
;;     62  mov rsp, rbp
;;     65  pop rbp
;;     66  ret
;;     67  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  ret
