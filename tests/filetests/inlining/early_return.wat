;; A return goes on behind the call, from wherever it is, and so does a branch to the end.
(module
  (func $sign (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (i32.or (i32.shr_s (local.get 0) (i32.const 31)) (i32.const 1)))
  (func $limited (param i32) (result i32)
    (br_if 0 (i32.const 100) (i32.gt_u (local.get 0) (i32.const 100)))
    (drop)
    (local.get 0))
  (func (param i32) (result i32)
    (i32.add (local.get 0) (call $sign (local.get 0))))
  (func (param i32) (result i32)
    (i32.add (local.get 0) (call $limited (local.get 0)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.eqz v0
;;   branch v0 b2 b1
;; b1:
;;   v2 = i32.const 0
;;   return(v2)
;; b2:
;;   v3 = i32.const 31
;;   v4 = i32.shr_s v0 v3
;;   v5 = i32.const 1
;;   v6 = i32.or v4 v5
;;   return(v6)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 100
;;   v2 = i32.gt_u v0 v1
;;   branch v2 b2(v1) b1
;; b1:
;;   jump b2(v0)
;; b2(v3: i32):
;;   return(v3)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = call 0(v0)
;;   v2 = i32.add v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 100
;;   v2 = i32.gt_u v0 v1
;;   branch v2 b2(v1) b1
;; b1:
;;   jump b2(v0)
;; b2(v3: i32):
;;   v4 = i32.add v0 v3
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b2
;; block 1:
;;     20  mov eax, 0x0
;;     25  ret
;; block 2:
;;     26  sar edi, 0x1f
;;     29  or edi, 0x1
;;     32  mov rax, rdi
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x64
;;     21  cmp edi, 0x64
;;     24  ja b2
;; block 1:
;;     26  mov rax, rdi
;; block 2:
;;     29  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;;     16  push rbp
;;     17  mov rbp, rsp
;;     20  sub rsp, 0x10
;;     24  cmp rsp, qword ptr [r14+0x8]
;;     28  jb trap1
;;     34  mov qword ptr [rbp-0x8], rbx
;; block 0:
;;     38  mov rbx, rdi
;;     41  call function 0
;;     46  add eax, ebx
;;     48  mov rbx, qword ptr [rbp-0x8]
;;     52  mov rsp, rbp
;;     55  pop rbp
;;     56  ret
;;     57  trap StackOverflow
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x64
;;     21  cmp edi, 0x64
;;     24  ja b2
;; block 1:
;;     26  mov rax, rdi
;; block 2:
;;     29  add eax, edi
;;     31  ret
