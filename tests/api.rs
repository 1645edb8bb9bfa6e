//! Tests of the embedding API, as a program that embeds wazir sees it.
//!
//! Input: small modules in the text format. Output: each file in `api/` tests one part of the API.

#[path = "api/calls.rs"]
mod calls;
#[path = "api/code.rs"]
mod code;
#[path = "api/errors.rs"]
mod errors;
#[path = "api/handles.rs"]
mod handles;
#[path = "api/host_functions.rs"]
mod host_functions;
#[path = "api/host_values.rs"]
mod host_values;
#[path = "api/limits.rs"]
mod limits;
#[path = "api/linking.rs"]
mod linking;
#[path = "api/memories.rs"]
mod memories;
#[path = "api/objects.rs"]
mod objects;
#[path = "api/promises.rs"]
mod promises;
#[path = "api/refused.rs"]
mod refused;
#[path = "api/rename.rs"]
mod rename;
#[path = "api/resumable.rs"]
mod resumable;
#[path = "api/vectors.rs"]
mod vectors;

use wazir::{Engine, Instance, Module, Store};

/// A module given as text.
fn module(engine: &Engine, text: &str) -> Module {
    let wasm = wat::parse_str(text).expect("the test's text is right");
    Module::new(engine, wasm).expect("the test's module is valid")
}

/// An instance without imports, in a store of its own.
fn instance(text: &str) -> (Store<()>, Instance) {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let instance =
        Instance::new(&mut store, &module(&engine, text), &[]).expect("it can be instantiated");
    (store, instance)
}
