;; engine: likely_callee
;; The body of function 0 is there if the index says so; otherwise the call is one through the table.
(module
  (type $unary (func (param i32) (result i32)))
  (table funcref (elem $double $decrement))
  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
  (func $decrement (type $unary) (i32.sub (local.get 0) (i32.const 1)))
  (func (export "apply") (param $x i32) (param $which i32) (result i32)
    (i32.add
      (local.get $x)
      (call_indirect (type $unary) (local.get $x) (local.get $which)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.shl v0 v1
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
;;   v2 = i32.const 0
;;   v3 = i32.eqz v1
;;   branch v1 b2 b1
;; b1:
;;   v4 = i32.const 1
;;   v5 = i32.shl v0 v4
;;   jump b3(v5)
;; b2:
;;   v6 = call_indirect table 0 type 0 at v1 of 2, typed, not null, direct(v0)
;;   jump b3(v6)
;; b3(v7: i32):
;;   v8 = i32.add v0 v7
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  shl edi, 0x1
;;     19  mov rax, rdi
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi-0x1]
;;     19  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test esi, esi
;;     18  jne b2
;; block 1:
;;     20  mov rax, rdi
;;     23  shl eax, 0x1
;;     26  add eax, edi
;;     28  ret
;; block 2:
;;     29  push rbp
;;     30  mov rbp, rsp
;;     33  sub rsp, 0x10
;;     37  cmp rsp, qword ptr [r14+0x8]
;;     41  jb trap4
;;     47  mov qword ptr [rbp-0x8], rbx
;;     51  cmp rsi, 0x2
;;     55  jae trap5
;;     61  lea rax, [rip]
;;     68  movsxd rcx, dword ptr [rax+rsi*8]
;;     72  add rax, rcx
;;     75  mov rbx, rdi
;;     78  call rax
;;     80  mov rdi, rbx
;; block 3:
;;     83  add eax, edi
;;     85  mov rbx, qword ptr [rbp-0x8]
;;     89  mov rsp, rbp
;;     92  pop rbp
;;     93  ret
;;     94  trap StackOverflow
;;     98  trap TableOutOfBounds
