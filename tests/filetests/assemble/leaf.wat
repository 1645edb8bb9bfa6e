;; A function that calls nothing and needs no room has no frame.
(module (func (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  nop
;; block 0:
;;     16  lea eax, [rdi+rsi]
;;     19  ret
