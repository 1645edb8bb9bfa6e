;; By 1 nothing is to do; by -1 the least number traps.
(module
  (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 1)))
  (func (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 1)))
  (func (param i32) (result i32) (i32.rem_s (local.get 0) (i32.const -1)))
  (func (param i32) (result i32) (i32.div_s (local.get 0) (i32.const -1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.const 0
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const -1
;;   v2 = i32.const 0
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const -1
;;   v2 = i32.div_s v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0xffffffff
;;     21  mov ecx, 0x80000000
;;     26  xor ecx, edi
;;     28  mov rdx, rax
;;     31  not edx
;;     33  or ecx, edx
;;     35  je trap1
;;     41  mov rax, rdi
;;     44  cdq
;;     45  mov rax, rdi
;;     48  mov ecx, 0xffffffff
;;     53  idiv ecx
;;     55  ret
;;     56  trap IntegerOverflow
