;; The sum of address and offset may overflow; there are no guards.
(module
  (memory i64 1)
  (func (param i64) (result i64) (i64.load (local.get 0)))
  (func (param i64) (result i64) (i64.load offset=0x7FFFFFF0 (local.get 0)))
  (func (param i64 i32) (i32.store16 offset=6 (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 8
;;   v3 = memory.base 0
;;   v4 = i64.load base v3 v0
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 2147483640
;;   v3 = memory.base 0
;;   v4 = i64.load offset 2147483632 base v3 v0
;;   return(v4)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i32.argument 1
;;   v2 = memory.bytes 0
;;   check_bounds v0 v2 end 8
;;   v4 = memory.base 0
;;   i32.store16 offset 6 base v4 v0 v1
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0x8
;;     29  add rcx, rdi
;;     32  jb trap1
;;     38  cmp rcx, rax
;;     41  ja trap2
;;     47  mov rax, qword ptr [r14+0x48]
;;     51  mov rax, qword ptr [rax]
;;     54  mov rax, qword ptr [rax+rdi]
;;     58  ret
;;     59  trap MemoryOutOfBounds
;;     63  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0x7ffffff8
;;     29  add rcx, rdi
;;     32  jb trap1
;;     38  cmp rcx, rax
;;     41  ja trap2
;;     47  mov rax, qword ptr [r14+0x48]
;;     51  mov rax, qword ptr [rax]
;;     54  mov rax, qword ptr [rax+rdi+0x7ffffff0]
;;     62  ret
;;     63  trap MemoryOutOfBounds
;;     67  trap MemoryOutOfBounds
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0x8
;;     29  add rcx, rdi
;;     32  jb trap1
;;     38  cmp rcx, rax
;;     41  ja trap2
;;     47  mov rax, qword ptr [r14+0x48]
;;     51  mov rax, qword ptr [rax]
;;     54  mov word ptr [rax+rdi+0x6], si
;;     59  ret
;;     60  trap MemoryOutOfBounds
;;     64  trap MemoryOutOfBounds
