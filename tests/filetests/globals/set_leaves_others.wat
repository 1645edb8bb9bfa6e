;; What sets one global, or stores, leaves the value of another known; imported ones can be the same.
(module
  (import "" "a" (global $a (mut i32)))
  (import "" "b" (global $b (mut i32)))
  (memory 1)
  (global $stack (mut i32) (i32.const 65536))
  (global $other (mut i32) (i32.const 0))
  (func (param i32) (result i32)
    (global.set $stack (i32.sub (global.get $stack) (i32.const 16)))
    (global.set $other (local.get 0))
    (i32.store (global.get $stack) (global.get $other))
    (i32.add (global.get $stack) (global.get $other)))
  (func (param i32) (result i32)
    (global.set $a (local.get 0))
    (global.set $b (i32.const 7))
    (i32.add (global.get $a) (global.get $b)))
  (func (param i32) (result i32)
    (global.set $stack (local.get 0))
    (loop $again
      (i32.store (local.get 0) (global.get $stack))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 4)))))
    (global.get $stack))
  (func (param i32) (result i32)
    (loop $again
      (global.set $other (i32.add (global.get $other) (i32.const 1)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 4)))))
    (global.get $other))
  (func (param i32) (result i32)
    (global.set $stack (i32.const 5))
    (global.set $other (i32.const 6))
    (if (local.get 0) (then (global.set $other (i32.const 8))))
    (i32.sub (global.get $stack) (global.get $other))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.global.get 2
;;   v2 = i32.const 16
;;   v3 = i32.const -16
;;   v4 = i32.add v1 v3
;;   global.set 2 v4
;;   global.set 3 v0
;;   v7 = memory.base 0
;;   i32.store base v7 v4 v0
;;   v9 = i32.add v0 v4
;;   return(v9)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   global.set 0 v0
;;   v2 = i32.const 7
;;   global.set 1 v2
;;   v4 = i32.global.get 0
;;   v5 = i32.add v4 v2
;;   return(v5)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   global.set 2 v0
;;   jump b1(v0)
;; b1(v2: i32): loop to b3
;;   v3 = memory.base 0
;;   i32.store base v3 v2 v0
;;   v5 = i32.const 4
;;   v6 = i32.const -4
;;   v7 = i32.add v2 v6
;;   branch v7 b1(v7) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v0)
;; function 3:
;; b0:
;;   v0 = i32.argument 0
;;   jump b1(v0)
;; b1(v1: i32): loop to b3
;;   v2 = i32.global.get 3
;;   v3 = i32.const 1
;;   v4 = i32.add v2 v3
;;   global.set 3 v4
;;   v6 = i32.const 4
;;   v7 = i32.const -4
;;   v8 = i32.add v1 v7
;;   branch v8 b1(v8) b2
;; b2:
;;   jump b3
;; b3:
;;   return(v4)
;; function 4:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.const 5
;;   global.set 2 v1
;;   v3 = i32.const 6
;;   global.set 3 v3
;;   branch v0 b1 b2
;; b1:
;;   v5 = i32.const 8
;;   global.set 3 v5
;;   jump b2
;; b2:
;;   v7 = i32.global.get 3
;;   v8 = i32.sub v1 v7
;;   return(v8)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, dword ptr [r14+0x90]
;;     23  add eax, -0x10
;;     26  mov qword ptr [r14+0x90], rax
;;     33  mov qword ptr [r14+0xa0], rdi
;;     40  mov dword ptr [r15+rax], edi
;;     44  add eax, edi
;;     46  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov rax, qword ptr [r14+0x68]
;;     20  mov rax, qword ptr [rax]
;;     23  mov qword ptr [rax], rdi
;;     26  mov eax, 0x7
;;     31  mov rcx, qword ptr [r14+0x68]
;;     35  mov rcx, qword ptr [rcx+0x8]
;;     39  mov qword ptr [rcx], rax
;;     42  mov rax, qword ptr [r14+0x68]
;;     46  mov rax, qword ptr [rax]
;;     49  mov eax, dword ptr [rax]
;;     51  add eax, 0x7
;;     54  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov qword ptr [r14+0x90], rdi
;;     23  mov rax, rdi
;;     26  nop
;; block 1:
;;     32  mov dword ptr [r15+rax], edi
;;     36  add eax, -0x4
;;     39  jne b1
;; block 3:
;;     41  mov rax, rdi
;;     44  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  nop
;;     25  nop
;; block 1:
;;     32  mov eax, dword ptr [r14+0xa0]
;;     39  add eax, 0x1
;;     42  mov qword ptr [r14+0xa0], rax
;;     49  add edi, -0x4
;;     52  jne b1
;; block 3:
;;     54  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  mov eax, 0x5
;;     21  mov qword ptr [r14+0x90], rax
;;     28  mov eax, 0x6
;;     33  mov qword ptr [r14+0xa0], rax
;;     40  test edi, edi
;;     42  je b2
;; block 1:
;;     44  mov eax, 0x8
;;     49  mov qword ptr [r14+0xa0], rax
;; block 2:
;;     56  mov eax, dword ptr [r14+0xa0]
;;     63  mov ecx, 0x5
;;     68  sub ecx, eax
;;     70  mov rax, rcx
;;     73  ret
