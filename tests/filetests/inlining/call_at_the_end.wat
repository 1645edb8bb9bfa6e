;; A function that is called in place of one that is inlined returns to where that would.
(module
  (func $next (param i32) (result i32) (return_call $large (i32.add (local.get 0) (i32.const 1))))
  (func $large (param i32) (result i32)
    (loop (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))))
    (local.get 0))
  (func (param i32) (result i32) (i32.eqz (call $next (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   return_call 1(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b3
;;   v2 = i32.const 1
;;   v3 = i32.shr_u v1 v2
;;   branch v3 b1(v3) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   v3 = call 1(v2)
;;   jump b1
;; b1:
;;   v4 = i32.eqz v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  add edi, 0x1
;;     19  jmp function 1
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  shr edi, 0x1
;;     35  test edi, edi
;;     37  jne b1
;; block 3:
;;     39  mov rax, rdi
;;     42  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap2
;; block 0:
;;     30  add edi, 0x1
;;     33  call function 1
;; block 1:
;;     38  test eax, eax
;;     40  sete al
;;     43  movzx eax, al
;;     46  pop rbp
;;     47  ret
;;     48  trap StackOverflow
