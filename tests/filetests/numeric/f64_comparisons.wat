;; Equality is two flags; the others are ordered so that what is not a number does not hold.
;; processors: full baseline
(module
  (func (param f64 f64) (result i32) (f64.eq (local.get 0) (local.get 1)))
  (func (param f64 f64) (result i32) (f64.ne (local.get 0) (local.get 1)))
  (func (param f64 f64) (result i32) (f64.lt (local.get 0) (local.get 1)))
  (func (param f64 f64) (result i32) (f64.gt (local.get 0) (local.get 1)))
  (func (param f64 f64) (result i32) (f64.le (local.get 0) (local.get 1)))
  (func (param f64 f64) (result i32) (f64.ge (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.eq v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.ne v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.lt v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.gt v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.le v0 v1
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = f64.argument 0
;;   v1 = f64.argument 1
;;   v2 = f64.ge v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  sete al
;;     23  setnp cl
;;     26  and eax, ecx
;;     28  movzx eax, al
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  setne al
;;     23  setp cl
;;     26  or eax, ecx
;;     28  movzx eax, al
;;     31  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm1, xmm0
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm1, xmm0
;;     20  setae al
;;     23  movzx eax, al
;;     26  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomisd xmm0, xmm1
;;     20  setae al
;;     23  movzx eax, al
;;     26  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm1
;;     20  sete al
;;     23  setnp cl
;;     26  and eax, ecx
;;     28  movzx eax, al
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm1
;;     20  setne al
;;     23  setp cl
;;     26  or eax, ecx
;;     28  movzx eax, al
;;     31  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm1, xmm0
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm1
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm1, xmm0
;;     20  setae al
;;     23  movzx eax, al
;;     26  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomisd xmm0, xmm1
;;     20  setae al
;;     23  movzx eax, al
;;     26  ret
