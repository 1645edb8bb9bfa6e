//! A JavaScript engine runs a script with `size` rounds: classes, closures, generators, texts, maps and typed arrays.

use boa_engine::context::time::FixedClock;
use boa_engine::property::Attribute;
use boa_engine::{Context, Source, js_string};
use std::rc::Rc;
use support::Checksum;

support::case!(work);

const SCRIPT: &str = include_str!("javascript.js");

fn work(size: u32) -> u64 {
    let mut context = Context::builder()
        .clock(Rc::new(FixedClock::from_millis(0)))
        .build()
        .expect("the settings are possible");
    context
        .register_global_property(js_string!("size"), size, Attribute::READONLY)
        .expect("the name is new");
    let value = context
        .eval(Source::from_bytes(SCRIPT))
        .expect("the script runs");
    let total = value.as_number().expect("the script ends with a number");
    let mut checksum = Checksum::new();
    checksum.add(total.to_bits());
    checksum.get()
}
