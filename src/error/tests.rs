//! Tests of the crate's error.

use super::*;
use alloc::format;
use alloc::string::ToString;

#[test]
fn traps_survive_the_tag() {
    for (number, trap) in Trap::ALL.iter().enumerate() {
        let error = Error::from(*trap);
        assert_eq!(
            error.trap_number(),
            Some(number),
            "a trap does not allocate"
        );
        assert_eq!((error.trap(), error.kind()), (Some(*trap), ErrorKind::Trap));
        assert_eq!(error.downcast_ref::<Trap>(), Some(trap));
        assert_eq!(
            error.to_string(),
            format!("the guest trapped: {}", trap.message())
        );
        assert_eq!(error.downcast::<Trap>().unwrap(), *trap);
    }
}

#[test]
fn boxed_traps_and_errors_are_unwrapped() {
    let error = Error::host(Box::new(Error::host(Box::new(Trap::OutOfFuel))));
    assert_eq!(error.trap(), Some(Trap::OutOfFuel));
    assert!(error.trap_number().is_some());
}

#[test]
fn backtrace_is_kept_below_contexts() {
    let frame = FrameInfo {
        module_name: None,
        func_index: 3,
        func_name: Some("f".into()),
        func_start: 0x20,
        module_offset: Some(0x25),
    };
    let error = Error::from(Trap::MemoryOutOfBounds)
        .with_backtrace(1, || WasmBacktrace::new(alloc::vec![frame], 2))
        .context("outer")
        .with_backtrace(1, || unreachable!("there is one already"));
    assert_eq!(error.trap(), Some(Trap::MemoryOutOfBounds));
    assert_eq!(
        error.backtrace().unwrap().frames()[0].func_offset(),
        Some(5)
    );
    let text = format!("{error:?}");
    let expected = "outer\n\nCaused by:\n    0: the guest trapped: out of bounds memory access\n\n\
                    Guest backtrace:\n    0:     0x25 - f\n       ... 2 more";
    assert_eq!(text, expected);
}

#[test]
fn backtraces_of_callers_are_added_until_the_host_is_reached() {
    let frames = |indices: &[u32], omitted| {
        let frame = |&func_index: &u32| FrameInfo {
            module_name: None,
            func_index,
            func_name: None,
            func_start: 0,
            module_offset: None,
        };
        WasmBacktrace::new(indices.iter().map(frame).collect(), omitted)
    };
    let seen = |error: &Error| {
        let backtrace = error.backtrace().unwrap();
        let indices: alloc::vec::Vec<_> = backtrace
            .frames()
            .iter()
            .map(FrameInfo::func_index)
            .collect();
        (indices, backtrace.omitted_frames())
    };
    let error = Error::from(Trap::UnreachableCodeReached).with_backtrace(4, || frames(&[1, 2], 0));
    assert_eq!(seen(&error), (alloc::vec![1, 2], 0));
    let error = error.with_backtrace(4, || frames(&[3, 4, 5], 6));
    assert_eq!(seen(&error), (alloc::vec![1, 2, 3, 4], 7));
    let error = error
        .with_complete_backtrace()
        .with_backtrace(9, || unreachable!("the host has called"));
    assert_eq!(seen(&error), (alloc::vec![1, 2, 3, 4], 7));
}

#[test]
fn kinds_offsets_and_contexts() {
    let error = Error::invalid(0x1f, "type mismatch: expected i32").context("in plugin.wasm");
    assert_eq!(
        (error.kind(), error.offset()),
        (ErrorKind::Invalid, Some(0x1f))
    );
    assert_eq!(
        format!("{error:#}"),
        "in plugin.wasm: type mismatch: expected i32 (at offset 0x1f)"
    );
    assert_eq!(
        error.root_cause().to_string(),
        "type mismatch: expected i32 (at offset 0x1f)"
    );
    assert_eq!(Error::exit(7).context("x").exit_code(), Some(7));
    let error = error.downcast::<fmt::Error>().unwrap_err();
    assert_eq!(error.to_string(), "in plugin.wasm");
    assert!(Error::from(fmt::Error).context("y").is::<fmt::Error>());
}

#[cfg(feature = "std")]
#[test]
fn panics_are_rethrown_with_their_payload() {
    let error = Error::panic(Box::new(7_i32));
    let payload = std::panic::catch_unwind(|| error.rethrow_panic()).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&7_i32));
    assert_eq!(Error::exit(1).rethrow_panic().exit_code(), Some(1));
}

#[test]
fn names_in_a_backtrace_do_nothing_to_the_terminal() {
    let frame = FrameInfo {
        module_name: Some("m\u{1b}[2J".into()),
        func_index: 3,
        func_name: Some("naïve\n\u{9b}".into()),
        func_start: 0x20,
        module_offset: Some(0x25),
    };
    let text = frame.to_string();
    assert!(text.ends_with("m\\u{1b}[2J!naïve\\n\\u{9b}"), "{text}");
    assert_eq!(frame.func_name(), Some("naïve\n\u{9b}"));
}
