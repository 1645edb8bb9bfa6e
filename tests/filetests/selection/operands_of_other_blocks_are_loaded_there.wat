;; A load stays in its block.
(module
  (memory 1)
  (func (param i32 i32) (result i32) (local $x i32) (local.set $x (i32.load (local.get 1))) (if (local.get 0) (then (return (i32.add (local.get 0) (local.get $x))))) (i32.const 0)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.const 0
;;   v3 = memory.base 0
;;   v4 = i32.load base v3 v1
;;   branch v0 b1 b2
;; b1:
;;   v5 = i32.add v0 v4
;;   return(v5)
;; b2:
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r15+rsi]
;;     20  test edi, edi
;;     22  je b2
;; block 1:
;;     24  add eax, edi
;;     26  ret
;; block 2:
;;     27  mov eax, 0x0
;;     32  ret
