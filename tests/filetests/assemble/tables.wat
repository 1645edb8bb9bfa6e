;; Elements and sizes of tables are read and written without the runtime.
(module (table $t 2 externref) (table $u i64 2 externref)
  (func (param i32 i32) (table.set $t (local.get 0) (table.get $t (local.get 1))))
  (func (param i64) (result i64) (table.set $u (local.get 0) (table.get $u (i64.const 1))) (table.size $u))
  (func (result i32) (table.size $t)))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax]
;;     23  cmp rsi, qword ptr [rax+0x8]
;;     27  jae trap1
;;     33  mov rax, qword ptr [rax]
;;     36  mov rax, qword ptr [rax+rsi*8]
;;     40  mov rcx, qword ptr [r14+0x60]
;;     44  mov rcx, qword ptr [rcx]
;;     47  cmp rdi, qword ptr [rcx+0x8]
;;     51  jae trap2
;;     57  mov rcx, qword ptr [rcx]
;;     60  mov qword ptr [rcx+rdi*8], rax
;;     64  ret
;;     65  trap TableOutOfBounds
;;     69  trap TableOutOfBounds
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  mov rcx, qword ptr [r14+0x60]
;;     25  mov rcx, qword ptr [rcx+0x8]
;;     29  cmp rax, qword ptr [rcx+0x8]
;;     33  jae trap1
;;     39  mov rcx, qword ptr [rcx]
;;     42  mov rax, qword ptr [rcx+rax*8]
;;     46  mov rcx, qword ptr [r14+0x60]
;;     50  mov rcx, qword ptr [rcx+0x8]
;;     54  cmp rdi, qword ptr [rcx+0x8]
;;     58  jae trap2
;;     64  mov rcx, qword ptr [rcx]
;;     67  mov qword ptr [rcx+rdi*8], rax
;;     71  mov rax, qword ptr [r14+0x60]
;;     75  mov rax, qword ptr [rax+0x8]
;;     79  mov rax, qword ptr [rax+0x8]
;;     83  ret
;;     84  trap TableOutOfBounds
;;     88  trap TableOutOfBounds
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x60]
;;     20  mov rax, qword ptr [rax]
;;     23  mov rax, qword ptr [rax+0x8]
;;     27  ret
