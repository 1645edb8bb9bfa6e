;; One result is in a register.
;; engine: no_inlining
(module
  (func (result i32) (call $a))
  (func $a (result i32) (i32.const 3))
  (func (result f32) (call $b))
  (func $b (result f32) (f32.const 3))
  (func (result v128) (call $c))
  (func $c (result v128) (v128.const i64x2 3 4)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = call 1()
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.const 3
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = call 3()
;;   return(v0)
;; function 3:
;; b0:
;;   v0 = f32.const 3.0
;;   return(v0)
;; function 4:
;; b0:
;;   v0 = call 5()
;;   return(v0)
;; function 5:
;; b0:
;;   v0 = v128.const 0x00000000000000040000000000000003
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  call function 1
;;     35  pop rbp
;;     36  ret
;;     37  trap StackOverflow
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x3
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  call function 3
;;     35  pop rbp
;;     36  ret
;;     37  trap StackOverflow
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovss xmm0, dword ptr [rip]
;;     24  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  call function 5
;;     35  pop rbp
;;     36  ret
;;     37  trap StackOverflow
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovaps xmm0, xmmword ptr [rip]
;;     24  ret
