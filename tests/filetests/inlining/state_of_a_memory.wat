;; What a function does is known, so what it does not change is not read again.
(module
  (memory 1)
  (global $other (mut i32) (i32.const 0))
  (func $get (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func $count (global.set $other (i32.const 1)))
  (func (param i32) (result i32)
    (call $get (local.get 0))
    (call $count)
    (call $get (local.get 0))
    (i32.add)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load offset 8 base v1 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.const 1
;;   global.set 0 v0
;;   return
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = memory.base 0
;;   v2 = i32.load offset 8 base v1 v0
;;   v3 = i32.const 1
;;   global.set 0 v3
;;   v5 = i32.add v2 v2
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi+0x8]
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, 0x1
;;     21  mov qword ptr [r14+0x90], rax
;;     28  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rdi+0x8]
;;     21  mov ecx, 0x1
;;     26  mov qword ptr [r14+0x90], rcx
;;     33  add eax, eax
;;     35  ret
