;; A function that calls nothing and needs no room has no frame.
(module (func (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
;; expect
;; function 0:
;; block 0:
;;      0  lea eax, [rdi+rsi]
;;      3  ret
