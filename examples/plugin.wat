;; A plugin that turns a text around, word by word. Its memory is its own: the host asks it for room, writes the text
;; there, and reads the result from where the plugin says that it is. A plugin in Rust, C or Zig exports the same names.
(module $reverse_words
  (memory (export "memory") 1)
  ;; The first address that is free. A plugin with a real allocator has `free` too.
  (global $free (mut i32) (i32.const 1024))

  ;; Gives `size` bytes to the caller.
  (func $alloc (export "alloc") (param $size i32) (result i32)
    (local $address i32) (local $pages i32)
    (local.set $address (global.get $free))
    (global.set $free (i32.add (local.get $address) (local.get $size)))
    ;; The memory grows as far as is needed.
    (local.set $pages
      (i32.sub
        (i32.shr_u (i32.add (global.get $free) (i32.const 65535)) (i32.const 16))
        (memory.size)))
    (if (i32.gt_s (local.get $pages) (i32.const 0))
      (then
        (if (i32.eq (memory.grow (local.get $pages)) (i32.const -1))
          (then (unreachable)))))
    (local.get $address))

  ;; Writes the words of a text in reverse order. The result is of the same length; its address is returned.
  (func (export "process") (param $text i32) (param $length i32) (result i32)
    (local $result i32) (local $end i32) (local $start i32) (local $to i32)
    (local.set $result (call $alloc (local.get $length)))
    (local.set $to (local.get $result))
    (local.set $end (local.get $length))
    (block $done
      (loop $word
        ;; The word is between `start` and `end`.
        (local.set $start (local.get $end))
        (block $found
          (loop $letter
            (br_if $found (i32.eqz (local.get $start)))
            (br_if $found
              (i32.eq
                (i32.load8_u (i32.add (local.get $text) (i32.sub (local.get $start) (i32.const 1))))
                (i32.const 32)))
            (local.set $start (i32.sub (local.get $start) (i32.const 1)))
            (br $letter)))
        (memory.copy
          (local.get $to)
          (i32.add (local.get $text) (local.get $start))
          (i32.sub (local.get $end) (local.get $start)))
        (local.set $to (i32.add (local.get $to) (i32.sub (local.get $end) (local.get $start))))
        (br_if $done (i32.eqz (local.get $start)))
        (i32.store8 (local.get $to) (i32.const 32))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $end (i32.sub (local.get $start) (i32.const 1)))
        (br $word)))
    (local.get $result)))
