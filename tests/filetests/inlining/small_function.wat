;; A function of a few operators becomes part of those that call it, and what is known there is known in it.
(module
  (func $scale (param $value i32) (param $factor i32) (result i32)
    (i32.mul (local.get $value) (local.get $factor)))
  (func (param i32) (result i32)
    (i32.add (call $scale (local.get 0) (i32.const 8)) (call $scale (local.get 0) (i32.const 1)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.mul v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 8
;;   v2 = i32.const 3
;;   v3 = i32.shl v0 v2
;;   v4 = i32.const 1
;;   v5 = i32.add v0 v3
;;   return(v5)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  imul edi, esi
;;     19  mov rax, rdi
;;     22  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  shl eax, 0x3
;;     22  add eax, edi
;;     24  ret
