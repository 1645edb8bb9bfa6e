;; A branch leaves several constructs.
(module
  (func (param i32 i32) (result i32) (block $a (block $b (block $c (br_if $c (local.get 0)) (br_if $b (local.get 1)) (br $a)) (return (i32.const 3))) (return (i32.const 4))) (i32.const 5)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   branch v0 b3 b1
;; b1:
;;   branch v1 b4 b2
;; b2:
;;   jump b5
;; b3:
;;   v2 = i32.const 3
;;   return(v2)
;; b4:
;;   v3 = i32.const 4
;;   return(v3)
;; b5:
;;   v4 = i32.const 5
;;   return(v4)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  test edi, edi
;;     18  jne b3
;; block 1:
;;     20  test esi, esi
;;     22  jne b4
;;     24  jmp b5
;; block 3:
;;     26  mov eax, 0x3
;;     31  ret
;; block 4:
;;     32  mov eax, 0x4
;;     37  ret
;; block 5:
;;     38  mov eax, 0x5
;;     43  ret
