;; Nothing is known of tables that somebody can change: others, an instruction, a segment at a place that is not
;; constant, or one that is too long.
(module
  (type $one (func (result i32)))
  (import "" "at" (global $at i32))
  (table $exported (export "table") 1 funcref)
  (table $set 1 funcref)
  (table $moved 1 funcref)
  (table $short 0 funcref)
  (table $fixed 1 funcref)
  (elem (table $exported) (i32.const 0) func $f)
  (elem (table $set) (i32.const 0) func $f)
  (elem (table $moved) (global.get $at) func $f)
  (elem (table $short) (i32.const 0) func $f)
  (elem (table $fixed) (i32.const 0) func $f)
  (func $f (result i32) (i32.const 7))
  (func (result i32) (call_indirect $exported (type $one) (i32.const 0)))
  (func (result i32) (call_indirect $set (type $one) (i32.const 0)))
  (func (result i32) (call_indirect $moved (type $one) (i32.const 0)))
  (func (result i32) (call_indirect $short (type $one) (i32.const 0)))
  (func (result i32) (call_indirect $fixed (type $one) (i32.const 0)))
  (func (table.set $set (i32.const 0) (ref.null func))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 7
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.const 0
;;   v1 = call_indirect table 0 type 0 at v0()
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i32.const 0
;;   v1 = call_indirect table 1 type 0 at v0()
;;   return(v1)
;; function 3:
;; b0:
;;   v0 = i32.const 0
;;   v1 = call_indirect table 2 type 0 at v0()
;;   return(v1)
;; function 4:
;; b0:
;;   v0 = i32.const 0
;;   v1 = call_indirect table 3 type 0 at v0()
;;   return(v1)
;; function 5:
;; b0:
;;   v0 = i32.const 0
;;   v1 = i32.const 7
;;   return(v1)
;; function 6:
;; b0:
;;   v0 = i32.const 0
;;   v1 = i64.const 0
;;   table.set 1 v0 v1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7
;;     21  ret
;; function 1:
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
;;     42  mov eax, 0x0
;;     47  mov rcx, qword ptr [r14+0x60]
;;     51  mov rcx, qword ptr [rcx]
;;     54  cmp rax, qword ptr [rcx+0x8]
;;     58  jae trap2
;;     64  mov rcx, qword ptr [rcx]
;;     67  mov rax, qword ptr [rcx+rax*8]
;;     71  test rax, rax
;;     74  je trap3
;;     80  mov rcx, qword ptr [r14+0x40]
;;     84  mov ecx, dword ptr [rcx]
;;     86  cmp ecx, dword ptr [rax+0x10]
;;     89  jne trap4
;;     95  mov r11, rax
;;     98  call qword ptr [r11+0x18]
;;    102  mov r14, qword ptr [rbp-0x8]
;;    106  mov r15, qword ptr [rbp-0x10]
;;    110  mov rsp, rbp
;;    113  pop rbp
;;    114  ret
;;    115  trap StackOverflow
;;    119  trap TableOutOfBounds
;;    123  trap IndirectCallToNull
;;    127  trap BadSignature
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
;;     42  mov eax, 0x0
;;     47  mov rcx, qword ptr [r14+0x60]
;;     51  mov rcx, qword ptr [rcx+0x8]
;;     55  cmp rax, qword ptr [rcx+0x8]
;;     59  jae trap2
;;     65  mov rcx, qword ptr [rcx]
;;     68  mov rax, qword ptr [rcx+rax*8]
;;     72  test rax, rax
;;     75  je trap3
;;     81  mov rcx, qword ptr [r14+0x40]
;;     85  mov ecx, dword ptr [rcx]
;;     87  cmp ecx, dword ptr [rax+0x10]
;;     90  jne trap4
;;     96  mov r11, rax
;;     99  call qword ptr [r11+0x18]
;;    103  mov r14, qword ptr [rbp-0x8]
;;    107  mov r15, qword ptr [rbp-0x10]
;;    111  mov rsp, rbp
;;    114  pop rbp
;;    115  ret
;;    116  trap StackOverflow
;;    120  trap TableOutOfBounds
;;    124  trap IndirectCallToNull
;;    128  trap BadSignature
;; function 3:
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
;;     42  mov eax, 0x0
;;     47  mov rcx, qword ptr [r14+0x60]
;;     51  mov rcx, qword ptr [rcx+0x10]
;;     55  cmp rax, qword ptr [rcx+0x8]
;;     59  jae trap2
;;     65  mov rcx, qword ptr [rcx]
;;     68  mov rax, qword ptr [rcx+rax*8]
;;     72  test rax, rax
;;     75  je trap3
;;     81  mov rcx, qword ptr [r14+0x40]
;;     85  mov ecx, dword ptr [rcx]
;;     87  cmp ecx, dword ptr [rax+0x10]
;;     90  jne trap4
;;     96  mov r11, rax
;;     99  call qword ptr [r11+0x18]
;;    103  mov r14, qword ptr [rbp-0x8]
;;    107  mov r15, qword ptr [rbp-0x10]
;;    111  mov rsp, rbp
;;    114  pop rbp
;;    115  ret
;;    116  trap StackOverflow
;;    120  trap TableOutOfBounds
;;    124  trap IndirectCallToNull
;;    128  trap BadSignature
;; function 4:
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
;;     42  mov eax, 0x0
;;     47  mov rcx, qword ptr [r14+0x60]
;;     51  mov rcx, qword ptr [rcx+0x18]
;;     55  cmp rax, qword ptr [rcx+0x8]
;;     59  jae trap2
;;     65  mov rcx, qword ptr [rcx]
;;     68  mov rax, qword ptr [rcx+rax*8]
;;     72  test rax, rax
;;     75  je trap3
;;     81  mov rcx, qword ptr [r14+0x40]
;;     85  mov ecx, dword ptr [rcx]
;;     87  cmp ecx, dword ptr [rax+0x10]
;;     90  jne trap4
;;     96  mov r11, rax
;;     99  call qword ptr [r11+0x18]
;;    103  mov r14, qword ptr [rbp-0x8]
;;    107  mov r15, qword ptr [rbp-0x10]
;;    111  mov rsp, rbp
;;    114  pop rbp
;;    115  ret
;;    116  trap StackOverflow
;;    120  trap TableOutOfBounds
;;    124  trap IndirectCallToNull
;;    128  trap BadSignature
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7
;;     21  ret
;; function 6:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  mov ecx, 0x0
;;     26  mov rdx, qword ptr [r14+0x60]
;;     30  mov rdx, qword ptr [rdx+0x8]
;;     34  cmp rcx, qword ptr [rdx+0x8]
;;     38  jae trap1
;;     44  mov rdx, qword ptr [rdx]
;;     47  mov qword ptr [rdx+rcx*8], rax
;;     51  ret
;;     52  trap TableOutOfBounds
