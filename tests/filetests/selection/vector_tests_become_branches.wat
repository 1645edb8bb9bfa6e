;; Tests of all lanes set flags.
;; processors: full baseline
(module
  (func (param v128) (result i32) (if (result i32) (v128.any_true (local.get 0)) (then (i32.const 3)) (else (i32.const 4))))
  (func (param v128) (result i32) (if (result i32) (i16x8.all_true (local.get 0)) (then (i32.const 3)) (else (i32.const 4)))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = v128.any_true v0
;;   branch v1 b1 b2
;; b1:
;;   v2 = i32.const 3
;;   jump b3(v2)
;; b2:
;;   v3 = i32.const 4
;;   jump b3(v3)
;; b3(v4: i32):
;;   return(v4)
;; function 1:
;; b0:
;;   v0 = v128.argument 0
;;   v1 = i16x8.all_true v0
;;   branch v1 b1 b2
;; b1:
;;   v2 = i32.const 3
;;   jump b3(v2)
;; b2:
;;   v3 = i32.const 4
;;   jump b3(v3)
;; b3(v4: i32):
;;   return(v4)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vptest xmm0, xmm0
;;     21  je b2
;; block 1:
;;     23  mov eax, 0x3
;;     28  jmp b3
;; block 2:
;;     30  mov eax, 0x4
;; block 3:
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vxorps xmm1, xmm1, xmm1
;;     20  vpcmpeqw xmm0, xmm1, xmm0
;;     24  vptest xmm0, xmm0
;;     29  jne b2
;; block 1:
;;     31  mov eax, 0x3
;;     36  jmp b3
;; block 2:
;;     38  mov eax, 0x4
;; block 3:
;;     43  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ptest xmm0, xmm0
;;     21  je b2
;; block 1:
;;     23  mov eax, 0x3
;;     28  jmp b3
;; block 2:
;;     30  mov eax, 0x4
;; block 3:
;;     35  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  xorps xmm1, xmm1
;;     19  pcmpeqw xmm1, xmm0
;;     23  ptest xmm1, xmm1
;;     28  jne b2
;; block 1:
;;     30  mov eax, 0x3
;;     35  jmp b3
;; block 2:
;;     37  mov eax, 0x4
;; block 3:
;;     42  ret
