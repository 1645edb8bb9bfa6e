;; Writing an element changes it.
(module
  (table 2 externref)
  (func (param i32 i32 externref) (result externref externref) (table.get (local.get 0)) (table.set (local.get 1) (local.get 2)) (table.get (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i64.argument 2
;;   v3 = table.get 0 v0
;;   table.set 0 v1 v2
;;   v5 = table.get 0 v0
;;   return(v3, v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax]
;;     23  cmp rdi, qword ptr [rax+0x8]
;;     27  jae trap1
;;     33  mov rax, qword ptr [rax]
;;     36  mov rax, qword ptr [rax+rdi*8]
;;     40  mov rcx, qword ptr [r14+0x60]
;;     44  mov rcx, qword ptr [rcx]
;;     47  cmp rsi, qword ptr [rcx+0x8]
;;     51  jae trap2
;;     57  mov rcx, qword ptr [rcx]
;;     60  mov qword ptr [rcx+rsi*8], rdx
;;     64  mov rcx, qword ptr [r14+0x60]
;;     68  mov rcx, qword ptr [rcx]
;;     71  cmp rdi, qword ptr [rcx+0x8]
;;     75  jae trap3
;;     81  mov rcx, qword ptr [rcx]
;;     84  mov rdx, qword ptr [rcx+rdi*8]
;;     88  ret
;;     89  trap TableOutOfBounds
;;     93  trap TableOutOfBounds
;;     97  trap TableOutOfBounds
