;; engine: at_loops
;; A loop behind a branch is refused: the interpreter never gets there.
(module
  (func (br 0) (loop (br 0))))
;; expect
;; == ssa
;; function 0 at offset 0x19:
;; not compiled: the loop is never reached
;; == assemble
;; function 0 at offset 0x19:
;; not compiled: the loop is never reached
