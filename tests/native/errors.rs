//! Traps, errors and panics that cross machine code.

use crate::{ZERO, everywhere, interpreted, module, partly_compiled};
use wazir::*;

/// What an error says, with the functions that were active.
pub(crate) fn show(error: &Error) -> String {
    let frames: Vec<_> = error.backtrace().map_or(Vec::new(), |backtrace| {
        let frame = |frame: &FrameInfo| {
            format!(
                "{} {:?} {:?}",
                frame.func_index(),
                frame.func_name(),
                frame.module_offset()
            )
        };
        backtrace.frames().iter().map(frame).collect()
    });
    format!("{:?} {frames:?} {error:?}", error.trap())
}

/// What goes wrong at the end of a chain of calls between host and guest.
const ENDS: [&str; 5] = ["trap", "error", "panic", "overflow", "fine"];

#[test]
fn errors_pass_through_nested_calls() {
    let (locals, body) = interpreted();
    let text = format!(
        r#"(module
          (import "" "host" (func $host (param i32 i32) (result i32)))
          {ZERO}
          (memory (export "memory") 1)
          (func $endless (param i32) (result i32) (i32.add (call $endless (local.get 0)) (i32.const 1)))
          (func $trap (param i32) (result i32) (i32.load (i32.sub (i32.const 0) (local.get 0))))
          (func $compiled (export "compiled") (param $depth i32) (param $end i32) (result i32)
            (if (i32.eqz (local.get $depth))
              (then
                (if (i32.eq (local.get $end) (i32.const 0)) (then (return (call $trap (i32.const 1)))))
                (if (i32.eq (local.get $end) (i32.const 3)) (then (return (call $endless (i32.const 1)))))))
            (i32.add (i32.const 1) (call $host (local.get $depth) (local.get $end))))
          (func $interpreted (export "interpreted") (param $depth i32) (param $end i32) (result i32)
            {locals} {body}
            (i32.add (i32.const 1) (call $host (local.get $depth) (local.get $end))))
          (func $within (export "within") (param $depth i32) (param $end i32) (result i32)
            (i32.sub (call $interpreted (local.get $depth) (local.get $end)) (i32.const -1))))"#
    );
    let _ = everywhere(|engine| {
        let mut outcomes = Vec::new();
        for end in 0..ENDS.len() as i32 {
            for depth in [0, 1, 2, 5, 30] {
                let mut store = Store::new(engine, ());
                let host = Func::wrap(
                    &mut store,
                    |mut caller: Caller<'_, ()>, depth: i32, end: i32| -> Result<i32> {
                        if depth <= 0 {
                            return match ENDS[end as usize] {
                                "error" => Err(Error::msg("a host's error")),
                                "panic" => panic!("a host's panic"),
                                _ => Ok(7),
                            };
                        }
                        let name = ["compiled", "interpreted", "within"][depth as usize % 3];
                        let next = caller.get_export(name).unwrap().into_func().unwrap();
                        let next = next.typed::<(i32, i32), i32>(&caller).unwrap();
                        let outcome = next.call(&mut caller, (depth - 1, end));
                        if depth % 7 == 0 {
                            // And once more, as if nothing were.
                            return next.call(&mut caller, (0, 4));
                        }
                        outcome
                    },
                );
                let module = partly_compiled(engine, &text, 1, 5);
                let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
                for name in ["compiled", "interpreted", "within"] {
                    let run = instance
                        .get_typed_func::<(i32, i32), i32>(&mut store, name)
                        .unwrap();
                    let call = std::panic::AssertUnwindSafe(|| {
                        run.call(&mut store, (depth, end))
                            .map_err(|error| format!("{:?} {error}", error.trap()))
                    });
                    let outcome = std::panic::catch_unwind(call)
                        .map_err(|panic| *panic.downcast::<&str>().unwrap());
                    let fine = run
                        .call(&mut store, (3, 4))
                        .map_err(|error| error.to_string());
                    outcomes.push((name, outcome, fine));
                }
            }
        }
        outcomes
    });
}

#[test]
fn backtraces_have_the_same_functions_and_offsets() {
    let text = r#"(module $m
      (import "" "host" (func $host (param i32)))
      (memory 1) (table 3 funcref) (elem (i32.const 0) $leaf)
      (type $t (func (param i32 i32) (result i32)))
      (func $leaf (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
      (func $access (param i32) (result i32) (i32.load offset=4 (i32.sub (local.get 0) (i32.const 16))))
      (func $twice (param i32) (result i32) (i32.add (call $access (local.get 0)) (call $access (i32.add
      (local.get 0) (i32.const 65532)))))
      (func (export "access") (param i32) (result i32) (call $twice (local.get 0)))
      (func (export "divide") (param i32) (result i32) (i32.add (call $leaf (i32.const 8) (local.get 0)) (call $leaf
      (i32.const 9) (local.get 0))))
      (func (export "unreachable") (param i32) (result i32) (if (local.get 0) (then (unreachable))) (unreachable))
      (func (export "indirect") (param i32) (result i32) (call_indirect (type $t) (i32.const 1) (i32.const 0)
      (local.get 0)))
      (func (export "signature") (param i32) (result i32) (call_indirect (param i32) (result i32) (i32.const 1)
      (local.get 0)))
      (func (export "host") (param i32) (result i32) (call $host (local.get 0)) (call $twice (i32.const 0)))
      (func (export "fill") (param i32) (result i32) (memory.fill (i32.const 5) (i32.const 1) (i32.shl (local.get 0)
      (i32.const 18))) (i32.const 1))
      (func (export "truncate") (param i32) (result i32) (i32.trunc_f32_s (f32.div (f32.convert_i32_s (local.get 0))
      (f32.const 0))))
      (func $many (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (unreachable))) (i32.add (i32.const 1)
      (call $many (i32.sub (local.get 0) (i32.const 1)))))
      (func (export "many") (param i32) (result i32) (call $many (local.get 0)))
      (func $last (param i32) (result i32) (i32.rem_u (i32.const 1) (i32.sub (local.get 0) (local.get 0))))
      (func $replaced (param i32) (result i32) (return_call $last (local.get 0)))
      (func (export "tail") (param i32) (result i32) (i32.add (call $replaced (local.get 0)) (i32.const 1)))
      (func $early (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
        (if (i32.eq (local.get 0) (i32.const 1)) (then (return (i32.load (i32.const -4)))))
        (if (i32.eq (local.get 0) (i32.const 2)) (then (return (i32.div_u (i32.const 1) (i32.shr_u (local.get 0)
        (i32.const 2))))))
        (if (i32.eq (local.get 0) (i32.const 3)) (then (memory.fill (i32.const 9) (i32.const 1) (i32.const -1))
        (return (i32.const 3))))
        (if (i32.eq (local.get 0) (i32.const 17)) (then (return (i32.trunc_f32_s (f32.div (f32.convert_i32_s
        (local.get 0)) (f32.const 0))))))
        (i32.add (call $many (i32.sub (local.get 0) (i32.const 60))) (local.get 0)))
      (func (export "early") (param i32) (result i32) (i32.add (call $early (local.get 0)) (i32.const 1))))"#;
    let names = [
        "access",
        "divide",
        "unreachable",
        "indirect",
        "signature",
        "host",
        "fill",
        "truncate",
        "many",
        "tail",
        "early",
    ];
    let arguments = [0, 1, 2, 3, 17, 60, 6000];
    let calls = names
        .iter()
        .flat_map(|name| arguments.map(|argument| (*name, argument)));
    for (name, argument) in calls {
        for max_frames in [20, 3, 1] {
            _ = crate::everywhere_with(
                |config| {
                    config.wasm_backtrace_max_frames(max_frames);
                },
                |engine| {
                    let mut store = Store::new(engine, ());
                    let host = Func::wrap(&mut store, |value: i32| -> Result<()> {
                        if value == 0 {
                            Ok(())
                        } else {
                            Err(Error::msg("a host's error"))
                        }
                    });
                    let instance =
                        Instance::new(&mut store, &module(engine, text), &[host.into()]).unwrap();
                    let run = instance
                        .get_typed_func::<i32, i32>(&mut store, name)
                        .unwrap();
                    let outcome = run.call(&mut store, argument).map_err(|error| show(&error));
                    (name, argument, outcome)
                },
            );
        }
    }
}

/// A fault of the host ends the process, also while machine code waits for it.
#[cfg(target_os = "linux")]
#[test]
fn a_fault_of_the_host_is_not_the_guest_s() {
    use std::os::unix::process::ExitStatusExt;
    const CHILD: &str = "WAZIR_TEST_FAULT";
    if std::env::var_os(CHILD).is_none() {
        let test = "errors::a_fault_of_the_host_is_not_the_guest_s";
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test])
            .env(CHILD, "")
            .output()
            .unwrap();
        let signal = child.status.signal();
        assert!(signal == Some(11) || signal == Some(6), "{child:?}");
        return;
    }
    let engine = Engine::new(Config::new().strategy(Strategy::Compiler)).unwrap();
    let text = r#"(module (import "" "" (func $host (param i32))) (memory (export "memory") 1)
      (func (export "run") (param i32) (result i32)
        (call $host (local.get 0)) (i32.load (i32.const -8))))"#;
    let mut store = Store::new(&engine, ());
    let host = Func::wrap(&mut store, |mut caller: Caller<'_, ()>, at: i32| {
        let memory = caller.get_export("memory").unwrap().into_memory().unwrap();
        let base = memory.data_ptr(&caller);
        // Behind the guest's memory, where its own accesses fault.
        // SAFETY: there is none: the process dies of it.
        std::hint::black_box(unsafe { base.wrapping_add(at as usize).read_volatile() });
    });
    let instance = Instance::new(&mut store, &module(&engine, text), &[host.into()]).unwrap();
    let run = instance
        .get_typed_func::<i32, i32>(&mut store, "run")
        .unwrap();
    let trap = run.call(&mut store, 0).unwrap_err().trap();
    assert_eq!(trap, Some(Trap::MemoryOutOfBounds));
    let _ = run.call(&mut store, 1 << 20);
}
