;; With LZCNT, BMI1 and POPCNT one instruction each; without them, the first or last bit that is set, and sums of
;; bits.
;; processors: full baseline
(module
  (func (param i64) (result i64) (i64.clz (local.get 0)))
  (func (param i64) (result i64) (i64.ctz (local.get 0)))
  (func (param i64) (result i64) (i64.popcnt (local.get 0))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.clz v0
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.ctz v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = i64.argument 0
;;   v1 = i64.popcnt v0
;;   return(v1)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lzcnt rax, rdi
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  tzcnt rax, rdi
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  popcnt rax, rdi
;;     21  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7f
;;     21  bsr rcx, rdi
;;     25  cmove ecx, eax
;;     28  xor ecx, 0x3f
;;     31  mov rax, rcx
;;     34  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x40
;;     21  bsf rcx, rdi
;;     25  cmove ecx, eax
;;     28  mov rax, rcx
;;     31  ret
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
