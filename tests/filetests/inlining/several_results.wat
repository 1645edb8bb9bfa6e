;; Several results of a function, and none.
(module
  (global $calls (mut i32) (i32.const 0))
  (func $swap (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  (func (param i32 i64) (result i64 i32)
    (call $count)
    (call $swap (local.get 0) (local.get 1))
    (call $count)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   return(v1, v0)
;; function 1:
;; b0:
;;   v0 = i32.global.get 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   global.set 0 v2
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i64.argument 1
;;   v2 = i32.global.get 0
;;   v3 = i32.const 1
;;   v4 = i32.add v2 v3
;;   global.set 0 v4
;;   v6 = i32.const 2
;;   v7 = i32.add v2 v6
;;   global.set 0 v7
;;   return(v1, v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rdx, rdi
;;     19  mov rax, rsi
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, dword ptr [r14+0x90]
;;     23  add eax, 0x1
;;     26  mov qword ptr [r14+0x90], rax
;;     33  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, dword ptr [r14+0x90]
;;     23  lea ecx, [rax+0x1]
;;     26  mov qword ptr [r14+0x90], rcx
;;     33  add eax, 0x2
;;     36  mov qword ptr [r14+0x90], rax
;;     43  mov rdx, rdi
;;     46  mov rax, rsi
;;     49  ret
