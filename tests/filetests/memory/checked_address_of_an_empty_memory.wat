;; A constant address is checked too: the memory may be empty.
;; engine: checked
(module
  (memory 0 1)
  (func (result i32) (i32.load (i32.const 16))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 16
;;   v1 = memory.bytes 0
;;   check_bounds v0 v1 end 4
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v0
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x48]
;;     20  mov rax, qword ptr [rax+0x10]
;;     24  mov ecx, 0x10
;;     29  add rcx, 0x4
;;     33  cmp rcx, rax
;;     36  ja trap1
;;     42  mov rax, qword ptr [r14+0x48]
;;     46  mov rax, qword ptr [rax]
;;     49  mov eax, dword ptr [rax+0x10]
;;     52  ret
;;     53  trap MemoryOutOfBounds
