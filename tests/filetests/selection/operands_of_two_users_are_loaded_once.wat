;; A load with two users stays one load.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (local $x i32) (local.set $x (i32.load (local.get 1))) (i32.mul (i32.add (local.get 0) (local.get $x)) (local.get $x))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v1
;;   v5 = i32.add v0 v4
;;   v6 = i32.mul v4 v5
;;   return(v6)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rsi]
;;     20  lea ecx, [rdi+rax]
;;     23  imul eax, ecx
;;     26  ret
