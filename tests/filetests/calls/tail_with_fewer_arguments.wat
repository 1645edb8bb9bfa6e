;; The return address moves up.
(module
  (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64) (return_call $f (local.get 11)))
  (func $f (param i64) (result i64) (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.argument 1
;;   v2 = i64.argument 2
;;   v3 = i64.argument 3
;;   v4 = i64.argument 4
;;   v5 = i64.argument 5
;;   v6 = i64.argument 6
;;   v7 = i64.argument 7
;;   v8 = i64.argument 8
;;   v9 = i64.argument 9
;;   v10 = i64.argument 10
;;   v11 = i64.argument 11
;;   return_call 1(v11)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;; block 0:
;;     24  mov rdi, qword ptr [rbp+0x28]
;;     28  mov r11, qword ptr [rbp]
;;     32  mov qword ptr [rsp], r11
;;     36  mov r11, qword ptr [rbp+0x8]
;;     40  mov qword ptr [rsp+0x8], r11
;;     45  mov r11, qword ptr [rsp+0x8]
;;     50  mov qword ptr [rbp+0x28], r11
;;     54  mov r11, qword ptr [rsp]
;;     58  mov qword ptr [rbp+0x20], r11
;;     62  lea rsp, [rbp+0x20]
;;     66  pop rbp
;;     67  jmp function 1
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
