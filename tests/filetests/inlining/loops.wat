;; A function with a loop stays called: its call costs little, compared with it.
(module
  (func $wait (param i32)
    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (param i32) (call $wait (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b3
;;   v2 = i32.const 1
;;   v3 = i32.const -1
;;   v4 = i32.add v1 v3
;;   branch v4 b1(v4) b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   call 0(v0)
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  add edi, -0x1
;;     35  jne b1
;; block 3:
;;     37  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  call function 0
;;     35  pop rbp
;;     36  ret
;;     37  trap StackOverflow
