;; A table that nothing changes, is full, and has functions of one type: only the bounds are checked.
(module
  (type $one (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 0) $next $last)
  (func $next (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $last (param i32) (result i32) (i32.sub (local.get 0) (i32.const 1)))
  (func (param i32 i32) (result i32) (call_indirect (type $one) (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.const -1
;;   v3 = i32.add v0 v2
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = call_indirect table 0 type 0 at v1 of 2, typed, not null(v0)
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+0x1]
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi-0x1]
;;     19  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], r14
;;     38  mov qword ptr [rbp-0x10], r15
;; block 0:
;;     42  mov rax, qword ptr [r14+0x60]
;;     46  mov rax, qword ptr [rax]
;;     49  cmp rsi, 0x2
;;     53  jae trap2
;;     59  mov rax, qword ptr [rax]
;;     62  mov rax, qword ptr [rax+rsi*8]
;;     66  mov r11, rax
;;     69  call qword ptr [r11+0x18]
;;     73  mov r14, qword ptr [rbp-0x8]
;;     77  mov r15, qword ptr [rbp-0x10]
;;     81  mov rsp, rbp
;;     84  pop rbp
;;     85  ret
;;     86  trap StackOverflow
;;     90  trap TableOutOfBounds
