;; An interpreter's loop.
(module
  (memory 1)
  (func (param i32) (result i32) (local $a i32) (loop $l (block $x (block $y (block $z (br_table $z $y $x (i32.load8_u (local.get 0)))) (local.set $a (i32.add (local.get $a) (i32.const 1))) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br $l)) (local.set $a (i32.mul (local.get $a) (local.get $a))) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br $l))) (local.get $a)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b5
;;   v4 = memory.base 0
;;   v5 = i32.load8_u base v4 v3
;;   switch v5 b2 b3 b4 by [0, 1, 2]
;; b2:
;;   v6 = i32.const 1
;;   v7 = i32.add v2 v6
;;   v8 = i32.add v3 v6
;;   jump b1(v7, v8)
;; b3:
;;   v9 = i32.mul v2 v2
;;   v10 = i32.const 1
;;   v11 = i32.add v3 v10
;;   jump b1(v9, v11)
;; b4:
;;   jump b5
;; b5:
;;   return(v2)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 1:
;;     32  movzx ecx, byte ptr [r15+rdi]
;;     37  cmp ecx, 0x1
;;     40  jb b2
;;     42  je b3
;;     44  jmp b5
;; block 2:
;;     46  add eax, 0x1
;;     49  add edi, 0x1
;;     52  jmp b1
;; block 3:
;;     54  imul eax, eax
;;     57  add edi, 0x1
;;     60  jmp b1
;; block 5:
;;     62  ret
