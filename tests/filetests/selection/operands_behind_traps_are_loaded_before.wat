;; A load does not move behind what can trap.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (local $x i32) (local $q i32) (local.set $x (i32.load (local.get 1))) (local.set $q (i32.div_u (local.get 1) (local.get 0))) (i32.add (local.get $q) (local.get $x))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v1
;;   v5 = i32.div_u v1 v0
;;   v6 = i32.add v4 v5
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rsi]
;;     20  test edi, edi
;;     22  je trap1
;;     28  mov edx, 0x0
;;     33  mov rcx, rax
;;     36  mov rax, rsi
;;     39  div edi
;;     41  add eax, ecx
;;     43  ret
;;     44  trap IntegerDivisionByZero
