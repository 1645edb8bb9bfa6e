;; A function whose code is longer than its call stays called.
(module
  (func $mix (param i32 i32) (result i32)
    (i32.xor
      (i32.rotl (i32.add (local.get 0) (local.get 1)) (i32.const 5))
      (i32.rotl (i32.sub (local.get 0) (local.get 1)) (i32.const 7))))
  (func (param i32) (result i32) (call $mix (local.get 0) (i32.const 3))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.add v0 v1
;;   v3 = i32.const 5
;;   v4 = i32.rotl v2 v3
;;   v5 = i32.sub v0 v1
;;   v6 = i32.const 7
;;   v7 = i32.rotl v5 v6
;;   v8 = i32.xor v4 v7
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 3
;;   v2 = call 0(v0, v1)
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rsi]
;;     19  rol eax, 0x5
;;     22  sub edi, esi
;;     24  rol edi, 0x7
;;     27  xor eax, edi
;;     29  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  cmp rsp, qword ptr [r14+0x8]
;;     24  jb trap1
;; block 0:
;;     30  mov esi, 0x3
;;     35  call function 0
;;     40  pop rbp
;;     41  ret
;;     42  trap StackOverflow
