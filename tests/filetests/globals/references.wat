;; A reference is a word.
(module
  (global $f (mut funcref) (ref.null func)) (global $e (mut externref) (ref.null extern))
  (func (param externref) (result externref) (global.get $e) (global.set $e (local.get 0)))
  (func (result funcref) (global.get $f)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.global.get 1
;;   global.set 1 v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.global.get 0
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0xa0]
;;     23  mov qword ptr [r14+0xa0], rdi
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x90]
;;     23  ret
