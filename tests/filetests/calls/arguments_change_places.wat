;; The moves to the places of arguments are made at once.
;; engine: no_inlining
(module
  (func (param i32 i32) (result i32) (call $f (local.get 1) (local.get 0)))
  (func $f (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = call 1(v1, v0)
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.sub v0 v1
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov r11, rsi
;;     33  mov rsi, rdi
;;     36  mov rdi, r11
;;     39  call function 1
;;     44  pop rbp
;;     45  ret
;;     46  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  sub edi, esi
;;     18  mov rax, rdi
;;     21  ret
