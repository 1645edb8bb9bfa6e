;; A call does not end a segment.
;; engine: consume_fuel no_inlining
(module
  (func (param i32) (result i32) (call 1) (i32.add (local.get 0) (i32.const 1)))
  (func))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   charge_fuel
;;   call 1()
;;   v3 = i32.const 1
;;   v4 = i32.add v0 v3
;;   return(v4)
;; function 1:
;; b0:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov rax, qword ptr [r14+0x70]
;;     42  sub qword ptr [rax], 0x4
;;     46  js trap2
;;     52  mov rbx, rdi
;;     55  call function 1
;;     60  lea eax, [rbx+0x1]
;;     63  mov rbx, qword ptr [rbp-0x8]
;;     67  mov rsp, rbp
;;     70  pop rbp
;;     71  ret
;;     72  trap StackOverflow
;;     76  trap OutOfFuel
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret
