;; It is not looked at: both ways are built.
(module
  (func (param i32) (result i32) (if (result i32) (i32.const 1) (then (local.get 0)) (else (i32.const 4)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   branch v1 b1 b2
;; b1:
;;   jump b3(v0)
;; b2:
;;   v2 = i32.const 4
;;   jump b3(v2)
;; b3(v3: i32):
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  test eax, eax
;;     23  jne b3
;; block 2:
;;     25  mov eax, 0x4
;;     30  mov rdi, rax
;; block 3:
;;     33  mov rax, rdi
;;     36  ret
