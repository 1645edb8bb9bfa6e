;; An end beyond 32 bits is the greatest number, which no memory reaches.
;; engine: checked
(module
  (memory 1)
  (func (param i32) (result i32) (i32.load offset=0xFFFFFFFF (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4294967295
;;   v3 = memory.base 0
;;   v4 = i32.load offset 4294967295 base v3 v0
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0xffffffff
;;     29  add rcx, rdi
;;     32  cmp rcx, rax
;;     35  ja trap1
;;     41  mov rax, qword ptr [r14+0x48]
;;     45  mov rax, qword ptr [rax]
;;     48  mov ecx, 0xffffffff
;;     53  add rcx, rdi
;;     56  mov eax, dword ptr [rax+rcx]
;;     59  ret
;;     60  trap MemoryOutOfBounds
