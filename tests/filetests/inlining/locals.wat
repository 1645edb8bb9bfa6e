;; The locals of a function begin anew at each call, also in a loop.
(module
  (func $twice (param i32) (result i32)
    (local $sum i32)
    (local.set $sum (i32.add (local.get $sum) (local.get 0)))
    (i32.add (local.get $sum) (local.get $sum)))
  (func (param i32) (result i32)
    (loop $again
      (local.set 0 (call $twice (local.get 0)))
      (br_if $again (i32.lt_u (local.get 0) (i32.const 1000))))
    (local.get 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   v2 = i32.add v0 v0
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b3
;;   v2 = i32.const 0
;;   v3 = i32.add v1 v1
;;   v4 = i32.const 1000
;;   v5 = i32.lt_u v3 v4
;;   branch v5 b1(v3) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v3)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rdi]
;;     19  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  add edi, edi
;;     34  cmp edi, 0x3e8
;;     40  jb b1
;; block 3:
;;     42  mov rax, rdi
;;     45  ret
