;; Where a loop calls a function, it may be larger.
(module
  (func $mix (param i32 i32) (result i32)
    (i32.xor
      (i32.rotl (i32.add (local.get 0) (local.get 1)) (i32.const 5))
      (i32.rotl (i32.sub (local.get 0) (local.get 1)) (i32.const 7))))
  (func (param i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call $mix (local.get $sum) (local.get 0)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $sum)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.argument 1
;;   v2 = i32.add v0 v1
;;   v3 = i32.const 5
;;   v4 = i32.rotl v2 v3
;;   v5 = i32.sub v0 v1
;;   v6 = i32.const 7
;;   v7 = i32.rotl v5 v6
;;   v8 = i32.xor v4 v7
;;   return(v8)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 0
;;   jump b1(v1, v0)
;; b1(v2: i32, v3: i32): loop to b3
;;   v4 = i32.add v2 v3
;;   v5 = i32.const 5
;;   v6 = i32.rotl v4 v5
;;   v7 = i32.sub v2 v3
;;   v8 = i32.const 7
;;   v9 = i32.rotl v7 v8
;;   v10 = i32.xor v6 v9
;;   v11 = i32.const 1
;;   v12 = i32.const -1
;;   v13 = i32.add v3 v12
;;   branch v13 b1(v10, v13) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v10)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rsi]
;;     19  rol eax, 0x5
;;     22  sub edi, esi
;;     24  rol edi, 0x7
;;     27  xor eax, edi
;;     29  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  nop
;;     30  nop
;; block 1:
;;     32  lea ecx, [rax+rdi]
;;     35  rol ecx, 0x5
;;     38  sub eax, edi
;;     40  rol eax, 0x7
;;     43  xor eax, ecx
;;     45  add edi, -0x1
;;     48  jne b1
;; block 3:
;;     50  ret
