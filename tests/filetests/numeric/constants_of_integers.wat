;; The shortest encoding of each constant: a register of 32 bits, a sign-extended immediate, all 64 bits.
(module
  (func (result i32) (i32.const 0))
  (func (result i32) (i32.const 1))
  (func (result i32) (i32.const -1))
  (func (result i64) (i64.const 0))
  (func (result i64) (i64.const 4294967295))
  (func (result i64) (i64.const -1))
  (func (result i64) (i64.const 4294967296))
  (func (result i64) (i64.const -9223372036854775808)))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = i32.const 0
;;   return(v0)
;; function 1:
;; b0:
;;   v0 = i32.const 1
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = i32.const -1
;;   return(v0)
;; function 3:
;; b0:
;;   v0 = i64.const 0
;;   return(v0)
;; function 4:
;; b0:
;;   v0 = i64.const 4294967295
;;   return(v0)
;; function 5:
;; b0:
;;   v0 = i64.const -1
;;   return(v0)
;; function 6:
;; b0:
;;   v0 = i64.const 4294967296
;;   return(v0)
;; function 7:
;; b0:
;;   v0 = i64.const -9223372036854775808
;;   return(v0)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x1
;;     21  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0xffffffff
;;     21  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x0
;;     21  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0xffffffff
;;     21  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0xffffffffffffffff
;;     23  ret
;; function 6:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x100000000
;;     26  ret
;; function 7:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, 0x8000000000000000
;;     26  ret
