;; A load of the same place in the same state is the same value.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.mul (i32.load offset=4 (local.get 0)) (i32.load offset=4 (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load offset 4 base v1 v0
;;   v3 = i32.mul v2 v2
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi+0x4]
;;     21  imul eax, eax
;;     24  ret
