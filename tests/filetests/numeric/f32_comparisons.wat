;; Equality is two flags; the others are ordered so that what is not a number does not hold.
;; processors: full baseline
(module
  (func (param f32 f32) (result i32) (f32.eq (local.get 0) (local.get 1)))
  (func (param f32 f32) (result i32) (f32.ne (local.get 0) (local.get 1)))
  (func (param f32 f32) (result i32) (f32.lt (local.get 0) (local.get 1)))
  (func (param f32 f32) (result i32) (f32.gt (local.get 0) (local.get 1)))
  (func (param f32 f32) (result i32) (f32.le (local.get 0) (local.get 1)))
  (func (param f32 f32) (result i32) (f32.ge (local.get 0) (local.get 1))))
;; expect
;; == ssa
;; function 0:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.eq v0 v1
;;   return(v2)
;; function 1:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.ne v0 v1
;;   return(v2)
;; function 2:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.lt v0 v1
;;   return(v2)
;; function 3:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.gt v0 v1
;;   return(v2)
;; function 4:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.le v0 v1
;;   return(v2)
;; function 5:
;; b0:
;;   v0 = f32.argument 0
;;   v1 = f32.argument 1
;;   v2 = f32.ge v0 v1
;;   return(v2)
;; == assemble, full
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  sete al
;;     23  setnp cl
;;     26  and eax, ecx
;;     28  movzx eax, al
;;     31  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  setne al
;;     23  setp cl
;;     26  or eax, ecx
;;     28  movzx eax, al
;;     31  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm1, xmm0
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  seta al
;;     23  movzx eax, al
;;     26  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm1, xmm0
;;     20  setae al
;;     23  movzx eax, al
;;     26  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  vucomiss xmm0, xmm1
;;     20  setae al
;;     23  movzx eax, al
;;     26  ret
;; == assemble, baseline
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm0, xmm1
;;     19  sete al
;;     22  setnp cl
;;     25  and eax, ecx
;;     27  movzx eax, al
;;     30  ret
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm0, xmm1
;;     19  setne al
;;     22  setp cl
;;     25  or eax, ecx
;;     27  movzx eax, al
;;     30  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm1, xmm0
;;     19  seta al
;;     22  movzx eax, al
;;     25  ret
;; function 3:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm0, xmm1
;;     19  seta al
;;     22  movzx eax, al
;;     25  ret
;; function 4:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm1, xmm0
;;     19  setae al
;;     22  movzx eax, al
;;     25  ret
;; function 5:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  ucomiss xmm0, xmm1
;;     19  setae al
;;     22  movzx eax, al
;;     25  ret
