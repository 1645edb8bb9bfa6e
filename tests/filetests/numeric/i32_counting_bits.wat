;; With LZCNT, BMI1 and POPCNT one instruction each; without them, the first or last bit that is set, and sums of
;; bits.
;; processors: full baseline
(module
  (func (param i32) (result i32) (i32.clz (local.get 0)))
  (func (param i32) (result i32) (i32.ctz (local.get 0)))
  (func (param i32) (result i32) (i32.popcnt (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.clz v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.ctz v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i32.argument 0
;;   v1 = i32.popcnt v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lzcnt eax, edi
;;     20  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  tzcnt eax, edi
;;     20  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  popcnt eax, edi
;;     20  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x3f
;;     21  bsr ecx, edi
;;     24  cmove ecx, eax
;;     27  xor ecx, 0x1f
;;     30  mov rax, rcx
;;     33  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x20
;;     21  bsf ecx, edi
;;     24  cmove ecx, eax
;;     27  mov rax, rcx
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, rdi
;;     19  shr rax, 0x1
;;     23  mov rcx, 0x5555555555555555
;;     33  and rax, rcx
;;     36  sub rdi, rax
;;     39  mov rax, rdi
;;     42  shr rax, 0x2
;;     46  mov rcx, 0x3333333333333333
;;     56  and rax, rcx
;;     59  mov rcx, 0x3333333333333333
;;     69  and rdi, rcx
;;     72  add rax, rdi
;;     75  mov rcx, rax
;;     78  shr rcx, 0x4
;;     82  add rax, rcx
;;     85  mov rcx, 0xf0f0f0f0f0f0f0f
;;     95  and rax, rcx
;;     98  mov rcx, 0x101010101010101
;;    108  imul rax, rcx
;;    112  shr rax, 0x38
;;    116  ret
