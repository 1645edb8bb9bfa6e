;; The runtime fills.
(module
  (memory 1)
  (func (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   fill_bytes v0 v1 v2
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  call qword ptr [r14+0x30]
;;     20  ret
