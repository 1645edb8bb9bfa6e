;; Callers from outside of the instance enter at 8, those of the instance at 16. A trap is a call.
(module (memory 1)
  (func (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then unreachable))
    (i32.load (local.get 0))))
;; expect
;; function 0:
;;      8  mov r14, qword ptr [r11+0x8]
;;     12  mov r15, qword ptr [r14+0x10]
;; block 0:
;;     16  test edi, edi
;;     18  je b1
;; block 2:
;;     24  mov eax, dword ptr [r15+rdi]
;;     28  ret
;; block 1:
;;     29  trap UnreachableCodeReached
