;; Calls can change them.
;; engine: no_inlining
(module
  (global $g (mut i32) (i32.const 0))
  (func (result i32) (i32.add (global.get $g) (block (result i32) (call 1) (global.get $g))))
  (func (global.set $g (i32.const 5))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.global.get 0
;;   call 1()
;;   v2 = i32.global.get 0
;;   v3 = i32.add v0 v2
;;   return(v3)
;; function 1:
;; b0:
;;   v0 = i32.const 5
;;   global.set 0 v0
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov ebx, dword ptr [r14+0x90]
;;     45  call function 1
;;     50  mov eax, dword ptr [r14+0x90]
;;     57  add eax, ebx
;;     59  mov rbx, qword ptr [rbp-0x8]
;;     63  mov rsp, rbp
;;     66  pop rbp
;;     67  ret
;;     68  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x5
;;     21  mov qword ptr [r14+0x90], rax
;;     28  ret
