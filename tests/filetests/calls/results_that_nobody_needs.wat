;; They are not moved.
;; engine: no_inlining
(module
  (func (result i32) (call $f) (drop) (drop))
  (func $f (result i32 i32 i32) (i32.const 1) (i32.const 2) (i32.const 3)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = call 1()
;;   v1 = result v0 number 1
;;   v2 = result v0 number 2
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.const 1
;;   v1 = i32.const 2
;;   v2 = i32.const 3
;;   return(v0, v1, v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  call function 1
;;     35  pop rbp
;;     36  ret
;;     37  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  mov edx, 0x2
;;     26  mov ecx, 0x3
;;     31  ret
