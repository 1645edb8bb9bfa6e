;; Tables are looked up.
(module
  (type $t (func)) (table $a (export "1") 1 funcref) (table $b (export "2") 1 funcref)
  (func (param i32) (call_indirect $b (type $t) (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   call_indirect table 1 type 0 at v0()
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
;;     34  mov qword ptr [rbp-0x8], r14
;;     38  mov qword ptr [rbp-0x10], r15
;; block 0:
;;     42  mov rax, qword ptr [r14+0x60]
;;     46  mov rax, qword ptr [rax+0x8]
;;     50  cmp rdi, qword ptr [rax+0x8]
;;     54  jae trap2
;;     60  mov rax, qword ptr [rax]
;;     63  mov rax, qword ptr [rax+rdi*8]
;;     67  test rax, rax
;;     70  je trap3
;;     76  mov rcx, qword ptr [r14+0x40]
;;     80  mov ecx, dword ptr [rcx]
;;     82  cmp ecx, dword ptr [rax+0x10]
;;     85  jne trap4
;;     91  mov r11, rax
;;     94  call qword ptr [r11+0x18]
;;     98  mov r14, qword ptr [rbp-0x8]
;;    102  mov r15, qword ptr [rbp-0x10]
;;    106  mov rsp, rbp
;;    109  pop rbp
;;    110  ret
;;    111  trap StackOverflow
;;    115  trap TableOutOfBounds
;;    119  trap IndirectCallToNull
;;    123  trap BadSignature
