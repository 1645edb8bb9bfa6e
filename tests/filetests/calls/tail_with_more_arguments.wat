;; The frame of the caller makes room: arguments are moved down.
(module
  (func (param i32) (return_call $f (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)))
  (func $f (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   return_call 1(v0, v0, v0, v0, v0, v0, v0, v0, v0, v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.argument 2
;;   v3 = i32.argument 3
;;   v4 = i32.argument 4
;;   v5 = i32.argument 5
;;   v6 = i32.argument 6
;;   v7 = i32.argument 7
;;   v8 = i32.argument 8
;;   v9 = i32.argument 9
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;; block 0:
;;     24  mov qword ptr [rsp+0x10], rdi
;;     29  mov qword ptr [rsp+0x18], rdi
;;     34  mov r10, rdi
;;     37  mov rax, rdi
;;     40  mov r9, rdi
;;     43  mov r8, rdi
;;     46  mov rcx, rdi
;;     49  mov rdx, rdi
;;     52  mov rsi, rdi
;;     55  mov r11, qword ptr [rbp]
;;     59  mov qword ptr [rsp], r11
;;     63  mov r11, qword ptr [rbp+0x8]
;;     67  mov qword ptr [rsp+0x8], r11
;;     72  mov r11, qword ptr [rsp+0x18]
;;     77  mov qword ptr [rbp+0x8], r11
;;     81  mov r11, qword ptr [rsp+0x10]
;;     86  mov qword ptr [rbp], r11
;;     90  mov r11, qword ptr [rsp+0x8]
;;     95  mov qword ptr [rbp-0x8], r11
;;     99  mov r11, qword ptr [rsp]
;;    103  mov qword ptr [rbp-0x10], r11
;;    107  lea rsp, [rbp-0x10]
;;    111  pop rbp
;;    112  jmp function 1
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ret 0x10
