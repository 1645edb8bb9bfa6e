;; They are not read again.
(module
  (global $g (mut i32) (i32.const 0))
  (func (param i32) (result i32) (global.set $g (local.get 0)) (i32.add (global.get $g) (global.get $g))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   global.set 0 v0
;;   v2 = i32.add v0 v0
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov qword ptr [r14+0x90], rdi
;;     23  lea eax, [rdi+rdi]
;;     26  ret
