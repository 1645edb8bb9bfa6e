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
;;   v2 = call_indirect table 0 type 0 at v1 of 2, typed, not null, direct(v0)
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
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  cmp rsi, 0x2
;;     34  jae trap2
;;     40  lea rax, [rip]
;;     47  movsxd rcx, dword ptr [rax+rsi*8]
;;     51  add rax, rcx
;;     54  call rax
;;     56  pop rbp
;;     57  ret
;;     58  trap StackOverflow
;;     62  trap TableOutOfBounds
