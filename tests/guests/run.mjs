// Runs a guest in Node.js: run.mjs STATUS WASM COUNT NAME=VALUE... ARGUMENT0 ARGUMENT... (see rust/cases/src/main.rs).
// With `--calls WASM TABLE` it calls the exports that TABLE (cases/kernels/calls) names and compares the results.
import { readFileSync, writeFileSync } from "node:fs";
import { WASI } from "node:wasi";

// Enough for the panics that the cases look into; `recurse` gets only the innermost ones.
Error.stackTraceLimit = 300;

const TRAPS = [
  [/unreachable/, "unreachable"],
  [/divide by zero/, "integer divide by zero"],
  [/divide result unrepresentable|float unrepresentable in integer range/, "integer overflow"],
  [/null function or function signature mismatch/, "indirect call type mismatch", "uninitialized element"],
  [/table index is out of bounds/, "undefined element"],
  [/memory access out of bounds/, "out of bounds memory access"],
  [/Maximum call stack size exceeded/, "call stack exhausted"],
];

// The specification's words for what the trap `error` may be.
function trapReasons(error) {
  const trap = TRAPS.find(([pattern]) => pattern.test(error.message));
  if (!trap) throw error;
  return trap.slice(1);
}

async function runProgram([statusFile, wasm, count, ...rest]) {
  const env = Object.fromEntries(rest.splice(0, Number(count)).map((pair) => pair.split(/=(.*)/s, 2)));
  // Files of Node.js are not those of POSIX in all: times are whole seconds, nothing is read-only, and O_EXCL follows
  // links. An empty STATUS says that the case cannot be run.
  if (process.env.GUEST_DIRECTORY) return;
  const wasi = new WASI({ version: "preview1", args: rest, env, returnOnExit: true });
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), wasi.getImportObject());
  let status;
  try {
    status = `exit ${wasi.start(instance)}`;
  } catch (error) {
    const names = [...error.stack.matchAll(/^ +at (\S+) \(wasm:/gm)].map((match) => match[1]);
    status = [`trap ${trapReasons(error)[0]}`, ...names].join("\n");
  }
  writeFileSync(statusFile, status + "\n");
}

// The forms in which a table may give the outcome of a call; Node.js knows no source lines.
function outcomes(call) {
  try {
    const result = call();
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, Number(result));
    const bits = "0x" + view.getBigUint64(0).toString(16).padStart(16, "0");
    return [`i32:${result}`, `i64:${result}`, `f64:${bits}`];
  } catch (error) {
    return trapReasons(error).map((reason) => `trap ${reason}`);
  }
}

async function compareCalls([wasm, table]) {
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm));
  const lines = readFileSync(table, "utf8").trimEnd().split("\n");
  let failed = 0;
  for (const line of lines) {
    const [, name, type, argument, expected] = line.match(/^(\w+) (i32|i64):(\S+) = (.+?)(?: at .*)?$/);
    const actual = outcomes(() => instance.exports[name](type === "i64" ? BigInt(argument) : Number(argument)));
    if (!actual.includes(expected)) {
      console.log(`${line}: ${actual}`);
      failed++;
    }
  }
  console.log(`${lines.length - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

const [first, ...others] = process.argv.slice(2);
await (first === "--calls" ? compareCalls(others) : runProgram([first, ...others]));
