;; A loop of jumps.
(module
  (func $f (param i32 i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (local.get 1)))) (return_call $f (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.eqz v0
;;   branch v0 b2 b1
;; b1:
;;   return(v1)
;; b2:
;;   v3 = i32.const 1
;;   v4 = i32.const -1
;;   v5 = i32.add v0 v4
;;   v6 = i32.add v0 v1
;;   return_call 0(v5, v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b2
;; block 1:
;;     20  mov rax, rsi
;;     23  ret
;; block 2:
;;     24  lea eax, [rdi-0x1]
;;     27  add esi, edi
;;     29  mov rdi, rax
;;     32  jmp function 0
