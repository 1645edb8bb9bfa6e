;; A loop that counts in a global reads and writes it each time.
(module
  (global $g (mut i32) (i32.const 0))
  (func (loop (global.set $g (i32.add (global.get $g) (i32.const 1))) (br_if 0 (i32.lt_u (global.get $g) (i32.const 100))))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   jump b1
;; b1: loop to b3
;;   v0 = i32.global.get 0
;;   v1 = i32.const 1
;;   v2 = i32.add v0 v1
;;   global.set 0 v2
;;   v4 = i32.const 100
;;   v5 = i32.lt_u v2 v4
;;   branch v5 b1 b2
;; b2:
;;   jump b3
;; b3:
;;   return
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  mov eax, dword ptr [r14+0x90]
;;     39  add eax, 0x1
;;     42  mov qword ptr [r14+0x90], rax
;;     49  cmp eax, 0x64
;;     52  jb b1
;; block 3:
;;     54  ret
