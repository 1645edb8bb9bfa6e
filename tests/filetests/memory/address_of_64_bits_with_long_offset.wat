;; Offsets of more than 32 bits are added; a sum that overflows is out of bounds.
(module
  (memory i64 1)
  (func (param i64) (result i32) (i32.load offset=0x123456789A (local.get 0)))
  (func (param i64) (result i32) (i32.load offset=0xFFFFFFFFFFFFFFFF (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const 78187493530
;;   v2 = i64.add v0 v1
;;   v3 = i64.lt_u v2 v0
;;   v4 = i64.const -1
;;   v5 = i64.select v4 v2 v3
;;   v6 = memory.bytes 0
;;   check_bounds v5 v6 end 4
;;   v8 = memory.base 0
;;   v9 = i32.load base v8 v5
;;   return(v9)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.const -1
;;   v2 = i64.add v0 v1
;;   v3 = i64.lt_u v2 v0
;;   v4 = i64.select v1 v2 v3
;;   v5 = memory.bytes 0
;;   check_bounds v4 v5 end 4
;;   v7 = memory.base 0
;;   v8 = i32.load base v7 v4
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x123456789a
;;     26  add rax, rdi
;;     29  mov rcx, 0xffffffffffffffff
;;     36  cmp rax, rdi
;;     39  cmovb rax, rcx
;;     43  mov rcx, qword ptr [r14+0x48]
;;     47  mov rcx, qword ptr [rcx+0x10]
;;     51  mov edx, 0x4
;;     56  add rdx, rax
;;     59  jb trap1
;;     65  cmp rdx, rcx
;;     68  ja trap2
;;     74  mov rcx, qword ptr [r14+0x48]
;;     78  mov rcx, qword ptr [rcx]
;;     81  mov eax, dword ptr [rcx+rax]
;;     84  ret
;;     85  trap MemoryOutOfBounds
;;     89  trap MemoryOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea rax, [rdi-0x1]
;;     20  mov rcx, 0xffffffffffffffff
;;     27  cmp rax, rdi
;;     30  cmovb rax, rcx
;;     34  mov rcx, qword ptr [r14+0x48]
;;     38  mov rcx, qword ptr [rcx+0x10]
;;     42  mov edx, 0x4
;;     47  add rdx, rax
;;     50  jb trap1
;;     56  cmp rdx, rcx
;;     59  ja trap2
;;     65  mov rcx, qword ptr [r14+0x48]
;;     69  mov rcx, qword ptr [rcx]
;;     72  mov eax, dword ptr [rcx+rax]
;;     75  ret
;;     76  trap MemoryOutOfBounds
;;     80  trap MemoryOutOfBounds
