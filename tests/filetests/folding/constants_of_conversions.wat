;; Conversions of constants are computed, those that trap are not.
(module
  (func (result i32) (i32.trunc_f64_s (f64.const 3.7)))
  (func (result i32) (i32.trunc_f64_s (f64.const 1e10)))
  (func (result i32) (i32.trunc_sat_f64_s (f64.const 1e10))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.const 3.7
;;   v1 = i32.const 3
;;   return(v1)
;; function 1:
;; b0:
;;   v0 = f64.const 10000000000.0
;;   v1 = i32.trunc_f64_s v0
;;   return(v1)
;; function 2:
;; b0:
;;   v0 = f64.const 10000000000.0
;;   v1 = i32.const 2147483647
;;   return(v1)
;; == assemble
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x3
;;     21  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vmovsd xmm0, qword ptr [rip]
;;     24  vcvttsd2si rax, xmm0
;;     29  movsxd rcx, eax
;;     32  cmp rcx, rax
;;     35  jne trap1
;;     41  mov eax, eax
;;     43  ret
;;     44  vucomisd xmm0, xmm0
;;     48  jp trap3
;;     54  trap IntegerOverflow
;;     58  trap BadConversionToInteger
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov eax, 0x7fffffff
;;     21  ret
