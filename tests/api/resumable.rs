//! Calls that are continued after a host function failed or fuel ran out.

use std::fmt;
use wazir::*;

#[derive(Debug)]
struct Wait;

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wait")
    }
}

impl std::error::Error for Wait {}

/// Sums what the host answers for the numbers from the argument down to 1, in a memory that grows
/// meanwhile.
const SUM: &str = r#"(module
    (import "env" "ask" (func $ask (param i32) (result i32 i64)))
    (memory (export "memory") 1)
    (func $one (param i32) (result i32) (local i64)
      (call $ask (local.get 0)) (local.set 1) (i32.add (i32.wrap_i64 (local.get 1))))
    (func (export "sum") (param i32) (result i32) (local i32)
      (loop $next
        (local.set 1 (i32.add (local.get 1) (call $one (local.get 0))))
        (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (i32.store (i32.const 0) (local.get 1))
      (i32.load (i32.const 0))))"#;

fn sum_instance(engine: &Engine) -> (Store<Vec<i32>>, Instance) {
    let mut store = Store::new(engine, Vec::new());
    let ask = Func::wrap(
        &mut store,
        |mut caller: Caller<'_, Vec<i32>>, number: i32| {
            caller.data_mut().push(number);
            Err::<(i32, i64), Wait>(Wait)
        },
    );
    let module = crate::module(engine, SUM);
    let instance = Instance::new(&mut store, &module, &[ask.into()]).unwrap();
    (store, instance)
}

fn waiting_for_host(call: ResumableCall) -> ResumableCallHostTrap {
    match call {
        ResumableCall::HostTrap(call) => call,
        other => panic!("the host function fails, but {other:?}"),
    }
}

#[test]
fn the_host_answers_later_and_uses_the_store_meanwhile() {
    let (mut store, instance) = sum_instance(&Engine::default());
    let sum = instance.get_func(&mut store, "sum").unwrap();
    let memory = instance.get_memory(&mut store, "memory").unwrap();
    let mut results = [Val::I32(0)];
    let mut call = sum
        .call_resumable(&mut store, &[Val::I32(3)], &mut results)
        .unwrap();
    for answer in [100, 20, 3] {
        let waiting = waiting_for_host(call);
        assert!(waiting.host_error().is::<Wait>());
        assert_eq!(waiting.host_func_ty().to_string(), "[i32] -> [i32 i64]");
        memory.grow(&mut store, 50).unwrap();
        // Another call of the same function waits and is given up.
        let other = sum
            .call_resumable(&mut store, &[Val::I32(1)], &mut results)
            .unwrap();
        drop(waiting_for_host(other));
        call = waiting
            .resume(
                &mut store,
                &[Val::I32(answer), Val::I64(1000)],
                &mut results,
            )
            .unwrap();
    }
    assert!(matches!(call, ResumableCall::Finished));
    assert_eq!(results[0].unwrap_i32(), 3123);
    assert_eq!(store.data(), &[3, 1, 2, 1, 1, 1]);
    assert_eq!(&memory.data(&store)[..4], 3123_i32.to_le_bytes());
}

#[test]
fn many_calls_wait_at_once_and_go_on_in_any_order() {
    let (mut store, instance) = sum_instance(&Engine::default());
    let sum = instance.get_func(&mut store, "sum").unwrap();
    let mut results = [Val::I32(0)];
    let mut calls: Vec<ResumableCallHostTrap> = (0..10)
        .map(|_| {
            waiting_for_host(
                sum.call_resumable(&mut store, &[Val::I32(1)], &mut results)
                    .unwrap(),
            )
        })
        .collect();
    for number in [4, 8, 0, 0, 5, 1, 3, 2, 0, 0] {
        let call = calls.remove(number % calls.len());
        let answer = [Val::I32(number as i32), Val::I64(7)];
        assert!(matches!(
            call.resume(&mut store, &answer, &mut results).unwrap(),
            ResumableCall::Finished
        ));
        assert_eq!(results[0].unwrap_i32(), number as i32 + 7);
    }
}

#[test]
fn wrong_answers_and_wrong_stores_are_errors() {
    let engine = Engine::default();
    let (mut store, instance) = sum_instance(&engine);
    let sum = instance.get_func(&mut store, "sum").unwrap();
    let mut results = [Val::I32(0)];
    let mut wait = |store: &mut Store<Vec<i32>>| {
        waiting_for_host(
            sum.call_resumable(store, &[Val::I32(1)], &mut results)
                .unwrap(),
        )
    };
    let answer = [Val::I32(1), Val::I64(1)];
    let mut out = [Val::I32(0)];
    let (a, b, c, d) = (
        wait(&mut store),
        wait(&mut store),
        wait(&mut store),
        wait(&mut store),
    );
    let error = a.resume(&mut store, &answer[..1], &mut out).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the function has 2 results, but 1 was given"
    );
    let error = b
        .resume(&mut store, &[Val::I32(1), Val::I32(1)], &mut out)
        .unwrap_err();
    assert_eq!(error.to_string(), "result 2: expected i64, found i32");
    let (mut other, _) = sum_instance(&engine);
    let error = c.resume(&mut other, &answer, &mut out).unwrap_err();
    assert!(error.to_string().contains("another store"), "{error}");
    let error = store.remove(instance).unwrap_err();
    assert!(error.to_string().contains("a call is suspended"), "{error}");
    store.reset(Vec::new());
    assert!(d.resume(&mut store, &answer, &mut out).is_err());
}

#[test]
fn a_call_goes_on_when_there_is_fuel_and_uses_as_much_as_at_once() {
    let engine = Engine::new(Config::new().consume_fuel(true)).unwrap();
    let module = crate::module(
        &engine,
        r#"(module (memory 1)
             (func $fib (export "fib") (param i32) (result i32)
               (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
                 (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                                (call $fib (i32.sub (local.get 0) (i32.const 2))))))))"#,
    );
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let fib = instance.get_func(&mut store, "fib").unwrap();
    let mut results = [Val::I32(0)];
    store.set_fuel(1_000_000).unwrap();
    fib.call(&mut store, &[Val::I32(15)], &mut results).unwrap();
    let at_once = 1_000_000 - store.get_fuel().unwrap();

    let portion = at_once / 20;
    store.set_fuel(portion).unwrap();
    let mut call = fib
        .call_resumable(&mut store, &[Val::I32(15)], &mut results)
        .unwrap();
    let mut given = portion;
    results[0] = Val::I32(0);
    while let ResumableCall::OutOfFuel(waiting) = call {
        let left = store.get_fuel().unwrap();
        store.set_fuel(left + portion).unwrap();
        given += portion;
        assert!(given < 3 * at_once, "the call makes progress");
        call = waiting.resume(&mut store, &mut results).unwrap();
    }
    assert!(matches!(call, ResumableCall::Finished));
    assert_eq!(results[0].unwrap_i32(), 610);
    let used = given - store.get_fuel().unwrap();
    assert_eq!(used, at_once);
    assert!(given > at_once / 2);
}

#[test]
fn traps_and_panics_end_a_resumable_call() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let module = crate::module(
        &engine,
        r#"(module (import "env" "f" (func $f)) (func (export "trap") unreachable)
             (func (export "f") (call $f)))"#,
    );
    let panics = Func::wrap(&mut store, || -> () { panic!("on purpose") });
    let instance = Instance::new(&mut store, &module, &[panics.into()]).unwrap();
    let trap = instance.get_func(&mut store, "trap").unwrap();
    let error = trap.call_resumable(&mut store, &[], &mut []).unwrap_err();
    assert_eq!(error.trap(), Some(Trap::UnreachableCodeReached));
    assert_eq!(error.backtrace().unwrap().frames().len(), 1);
    let func = instance.get_func(&mut store, "f").unwrap();
    let call = std::panic::AssertUnwindSafe(|| func.call_resumable(&mut store, &[], &mut []));
    assert!(std::panic::catch_unwind(call).is_err());
    store.remove(instance).unwrap();
}

#[test]
fn a_typed_call_goes_on_with_typed_results() {
    let (mut store, instance) = sum_instance(&Engine::default());
    let sum = instance
        .get_typed_func::<i32, i32>(&mut store, "sum")
        .unwrap();
    let mut call = sum.call_resumable(&mut store, 3).unwrap();
    let mut asked = 0;
    let result = loop {
        call = match call {
            TypedResumableCall::Finished(result) => break result,
            TypedResumableCall::HostTrap(waiting) => {
                asked += 1;
                assert!(waiting.host_error().is::<Wait>());
                assert_eq!(waiting.host_func_ty().results().len(), 2);
                let answer = [Val::I32(asked), Val::I64(10)];
                waiting.resume(&mut store, &answer).unwrap()
            }
            other => panic!("{other:?}"),
        };
    };
    assert_eq!((asked, result), (3, 1 + 2 + 3 + 30));
    let TypedResumableCall::HostTrap(waiting) = sum.call_resumable(&mut store, 1).unwrap() else {
        panic!("the host function fails");
    };
    let error = waiting.resume(&mut store, &[Val::I32(1)]).unwrap_err();
    assert!(error.to_string().contains("2 results"), "{error}");
}
