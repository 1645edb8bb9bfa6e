(module (memory 1) (func (param $at i32) (param $end i32) (result i32) (local $sum i32)
  (loop $again
    (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
    (br_if $again (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
  (local.get $sum)))
;; expect
;; function 0:
;; block0 depth 0 ( )
;;   0: arguments
;;   1: mov eax, 0x0
;;   2: jmp
;;   to block1 ( v6 v7 )
;; block1 depth 1 ( v5 v4 )
;;   3: add eax, dword ptr [r15+rdi]
;;   4: lea edi, [rdi+0x4]
;;   5: cmp edi, esi
;;   6: jb
;;   to block1 ( v0 v2 )
;;   to block2 ( )
;; block2 depth 1 ( )
;;   7: jmp
;;   to block3 ( )
;; block3 depth 0 ( )
;;   8: return
