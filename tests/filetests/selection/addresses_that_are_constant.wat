;; Base and displacement, if they fit.
(module
  (memory 1)
  (func (result i32) (i32.load offset=4 (i32.const 1024)))
  (func (result i32) (i32.load (i32.const 0x80000000))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 1024
;;   v1 = memory.base 0
;;   v2 = i32.load offset 4 base v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.const -2147483648
;;   v1 = memory.base 0
;;   v2 = i32.load base v1 v0
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+0x404]
;;     23  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, 0x80000000
;;     21  mov eax, dword ptr [r15+rax]
;;     25  ret
