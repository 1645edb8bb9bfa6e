"""Runs a guest in Wasmtime: run.py STATUS WASM COUNT NAME=VALUE... ARGUMENT0 ARGUMENT... (see rust/cases/src/main.rs).

With `--calls WASM TABLE` it calls the exports that TABLE (cases/kernels/calls) names and compares the results.
"""
import os
import re
import struct
import sys

os.environ["WASMTIME_BACKTRACE_DETAILS"] = "1"  # Read when the module is loaded; it gives source lines.

from wasmtime import FuncType, Instance, Linker, Module, Store, Trap, TrapCode, ValType, WasiConfig

TRAPS = {
    TrapCode.UNREACHABLE: "unreachable",
    TrapCode.MEMORY_OUT_OF_BOUNDS: "out of bounds memory access",
    TrapCode.STACK_OVERFLOW: "call stack exhausted",
    TrapCode.INTEGER_DIVISION_BY_ZERO: "integer divide by zero",
    TrapCode.INTEGER_OVERFLOW: "integer overflow",
    TrapCode.BAD_SIGNATURE: "indirect call type mismatch",
    TrapCode.INDIRECT_CALL_TO_NULL: "uninitialized element",
    TrapCode.TABLE_OUT_OF_BOUNDS: "undefined element",
}


class Exit(Exception):
    """The guest called proc_exit."""


def proc_exit(code):
    raise Exit(code)


def run_program(status_file, wasm, count, *rest):
    config = WasiConfig()
    config.env = [pair.split("=", 1) for pair in rest[: int(count)]]
    config.argv = list(rest[int(count):])
    config.inherit_stdin()
    config.inherit_stdout()
    config.inherit_stderr()
    if directory := os.environ.get("GUEST_DIRECTORY"):
        config.preopen_dir(directory, ".", os.environ["GUEST_ACCESS"] == "ReadWrite")
    store = Store()
    store.set_wasi(config)
    linker = Linker(store.engine)
    linker.define_wasi()
    # The engine's own proc_exit knows no codes from 126.
    linker.allow_shadowing = True
    linker.define_func("wasi_snapshot_preview1", "proc_exit", FuncType([ValType.i32()], []), proc_exit)
    instance = linker.instantiate(store, Module.from_file(store.engine, wasm))
    status = "exit 0"
    try:
        instance.exports(store)["_start"](store)
    except Exit as exit:
        status = f"exit {exit.args[0]}"
    except Trap as trap:
        status = "\n".join([f"trap {TRAPS[trap.trap_code]}", *(frame.func_name or "" for frame in trap.frames)])
    with open(status_file, "w") as file:
        file.write(status + "\n")


def outcomes(call):
    """The forms in which a table may give the outcome of a call, and the stack of a trap as `function:line`."""
    try:
        result = call()
    except Trap as trap:
        frames = re.findall(r"- (?:\S+!)?(\w+)\n +at \S*:(\d+):\d+", str(trap))
        return [f"trap {TRAPS[trap.trap_code]}"], [":".join(frame) for frame in frames]
    bits = f"0x{struct.unpack('<Q', struct.pack('<d', result))[0]:016x}"
    return [f"i32:{result}", f"i64:{result}", f"f64:{bits}"], []


def in_order(parts, whole):
    rest = iter(whole)
    return all(part in rest for part in parts)


def compare_calls(wasm, table):
    store = Store()
    exports = Instance(store, Module.from_file(store.engine, wasm), []).exports(store)
    failed = 0
    lines = open(table).read().splitlines()
    for line in lines:
        name, argument, expected, frames = re.fullmatch(r"(\w+) \w+:(\S+) = (.+?)(?: at (.*))?", line).groups()
        actual, stack = outcomes(lambda: exports[name](store, int(argument)))
        if expected not in actual or not in_order((frames or "").split(), stack):
            print(f"{line}: {actual} {stack}")
            failed += 1
    print(f"{len(lines) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1] == "--calls":
        sys.exit(compare_calls(*sys.argv[2:]))
    run_program(*sys.argv[1:])
