;; A function by reference; null traps.
(module
  (type $t (func (param i32) (result i32)))
  (func (param i32 (ref null $t)) (result i32) (call_ref $t (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = call_indirect type 0 at v1(v0)
;;   return(v2)
;; == assemble
;; function 0:
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
;;     42  test rsi, rsi
;;     45  je trap2
;;     51  mov r11, rsi
;;     54  call qword ptr [r11+0x18]
;;     58  mov r14, qword ptr [rbp-0x8]
;;     62  mov r15, qword ptr [rbp-0x10]
;;     66  mov rsp, rbp
;;     69  pop rbp
;;     70  ret
;;     71  trap StackOverflow
;;     75  trap NullReference
