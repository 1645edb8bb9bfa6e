;; Arguments on the stack replace those of the caller, where its own caller looks for results behind them.
(module
  (func $few (param i64 i64) (result i64) (return_call $few (local.get 1) (local.get 0)))
  (func $many (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (return_call $few (local.get 8) (local.get 7)))
  (func (param i64) (result i64)
    (return_call $many (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
      (i64.const 6) (i64.const 7) (local.get 0))))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov r11, rsi
;;     19  mov rsi, rdi
;;     22  mov rdi, r11
;;     25  jmp function 0
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;; block 0:
;;     24  mov rdi, qword ptr [rbp+0x10]
;;     28  mov rsi, r10
;;     31  mov r11, qword ptr [rbp]
;;     35  mov qword ptr [rsp], r11
;;     39  mov r11, qword ptr [rbp+0x8]
;;     43  mov qword ptr [rsp+0x8], r11
;;     48  mov r11, qword ptr [rsp+0x8]
;;     53  mov qword ptr [rbp+0x18], r11
;;     57  mov r11, qword ptr [rsp]
;;     61  mov qword ptr [rbp+0x10], r11
;;     65  lea rsp, [rbp+0x10]
;;     69  pop rbp
;;     70  jmp function 0
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x20
;; block 0:
;;     24  mov esi, 0x1
;;     29  mov edx, 0x2
;;     34  mov ecx, 0x3
;;     39  mov r8d, 0x4
;;     45  mov r9d, 0x5
;;     51  mov eax, 0x6
;;     56  mov r10d, 0x7
;;     62  mov qword ptr [rsp+0x10], rdi
;;     67  mov edi, 0x0
;;     72  mov r11, qword ptr [rbp]
;;     76  mov qword ptr [rsp], r11
;;     80  mov r11, qword ptr [rbp+0x8]
;;     84  mov qword ptr [rsp+0x8], r11
;;     89  mov r11, qword ptr [rsp+0x18]
;;     94  mov qword ptr [rbp+0x8], r11
;;     98  mov r11, qword ptr [rsp+0x10]
;;    103  mov qword ptr [rbp], r11
;;    107  mov r11, qword ptr [rsp+0x8]
;;    112  mov qword ptr [rbp-0x8], r11
;;    116  mov r11, qword ptr [rsp]
;;    120  mov qword ptr [rbp-0x10], r11
;;    124  lea rsp, [rbp-0x10]
;;    128  pop rbp
;;    129  jmp function 1
