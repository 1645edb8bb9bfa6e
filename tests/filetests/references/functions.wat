;; A reference to a function is the address of its record.
(module
  (import "host" "g" (func $g)) (elem declare func $f $g)
  (func $f (result funcref) (ref.func $f))
  (func (result funcref) (ref.func $g)))
;; expect
;; == ssa
;; function 1:
;; b0:
;;   v0 = ref.func 1
;;   return(v0)
;; function 2:
;; b0:
;;   v0 = ref.func 0
;;   return(v0)
;; == assemble
;; function 1:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x50]
;;     20  mov rax, qword ptr [rax+0x8]
;;     24  ret
;; function 2:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  mov rax, qword ptr [r14+0x50]
;;     20  mov rax, qword ptr [rax]
;;     23  ret
