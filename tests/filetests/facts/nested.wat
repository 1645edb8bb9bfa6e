;; Constructs in the order of their opcodes; what is assigned or contained in an inner one is in the outer one too.
(module
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (func $outer (param $n i32) (result i32)
    (local $i i32) (local $sum i64) (local $x f64)
    (block
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (if (i32.and (local.get $i) (i32.const 1))
          (then (i32.store (local.get $i) (local.get $n)))
          (else (local.set $sum (i64.extend_i32_u (local.get $i)))))
        (br_if $again (i32.lt_u (local.get $i) (local.get $n)))))
    (loop (drop (memory.grow (i32.const 0))))
    (loop (call $log (local.tee $i (i32.const 7))) (call $outer (local.get $n)) (drop))
    (block (global.set $g (local.get $i)))
    (local.get $i))
  (func $leaf (result v128) (v128.const i64x2 1 2))
  (func $indirect (loop (call_ref $callback (ref.null $callback))))
  (type $callback (func)))
;; expect
;; function 1: 43 operators, 2 slots of operands
;;   locals: 1 of I32
;;   locals: 1 of I64
;;   locals: 1 of F64
;;   callees: [0, 1]
;;   block: assigns [1, 2], stores
;;   loop: assigns [1, 2], stores
;;   block: assigns [2], stores
;;   loop: assigns [], stores, grows memory
;;   loop: assigns [1], calls
;;   block: assigns [], sets globals
;; function 2: 2 operators, 2 slots of operands, leaf
;; function 3: 5 operators, 1 slot of operands
;;   loop: assigns [], calls
