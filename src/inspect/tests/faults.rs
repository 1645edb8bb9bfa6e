//! Operands beyond the end of a memory: every operator that can read its operand from memory traps there.

use super::values::name;
use super::written::operators;
use crate::wasm::types::ValType;
use crate::{Config, Engine, Instance, Module, Store, Strategy, Trap, Val};

#[test]
fn operands_beyond_the_memory_trap() {
    let mut text = String::from("(module (memory 1)\n");
    let mut names = Vec::new();
    for (operator, params, result) in operators() {
        for beyond in 0..params.len() {
            text.push_str(&function(names.len(), operator, params, result, beyond));
            names.push(format!("{operator} with operand {beyond}"));
        }
    }
    text.push(')');
    let wasm = wat::parse_str(&text).unwrap();
    for has_guards in [true, false] {
        let mut config = Config::new();
        config
            .strategy(Strategy::Compiler)
            .signals_based_traps(has_guards);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, &wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        for (index, name) in names.iter().enumerate() {
            let function = instance.get_func(&mut store, &index.to_string()).unwrap();
            let address = Val::I32(-65_536);
            let error = function
                .call(&mut store, &[address], &mut [Val::I32(0)])
                .unwrap_err();
            assert_eq!(error.trap(), Some(Trap::MemoryOutOfBounds), "{name}");
        }
    }
}

/// A function whose parameter is the address of one of the operands.
fn function(
    index: usize,
    operator: &str,
    params: &[ValType],
    result: ValType,
    beyond: usize,
) -> String {
    let operands = params.iter().enumerate().map(|(at, &ty)| {
        let address = match at == beyond {
            true => "(local.get 0)",
            false => "(i32.const 0)",
        };
        format!("({}.load {address})", name(ty))
    });
    let operands: String = operands.collect();
    let result = name(result);
    format!("(func (export \"{index}\") (param i32) (result {result}) ({operator} {operands}))\n")
}
