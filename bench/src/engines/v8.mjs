// Does work in V8 and measures it: the counterpart of `work.rs`, with the same host functions.
//
// Input: arguments, `start EXPORT VALUE` or `idle EXPORT VALUE COUNT` with a module on the standard input, or `serve`
// with a request in JSON as the first line of the input and any other line for each run. Output: for each run a line
// with the checksum and the amounts. Holds: a value is written with its type, as in `i32:5`.
import { readFileSync } from "node:fs";
import { argv, cpuUsage, hrtime, memoryUsage, resourceUsage, stdin } from "node:process";
import { createInterface } from "node:readline";

const HOST_FUNCTIONS = 20;
let count = 0n;

function imports() {
    const host = {
        increment: (value) => (value + 1) | 0,
        count: (value) => (count = BigInt.asUintN(64, count + value)),
    };
    for (let index = 0; index < HOST_FUNCTIONS; index++) host[`f${index}`] = (value) => value;
    return { host };
}

function readValue(text) {
    const [kind, value] = text.split(":");
    return kind === "i64" ? BigInt(value) : Number(value);
}

// The bits of a result, whose type JavaScript does not tell: no export that is measured gives a whole f64.
function bits(value) {
    if (typeof value === "bigint") return BigInt.asUintN(64, value);
    if (Number.isInteger(value)) return BigInt(value >>> 0);
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return view.getBigUint64(0);
}

// The checksum and the nanoseconds: processor time of the process, as the other engines are measured.
function timed(work) {
    const before = cpuUsage();
    const result = work();
    const { user, system } = cpuUsage(before);
    return `${result} ${(user + system) * 1000}`;
}

function prepareCall(request) {
    const given = imports();
    if (request.callee) {
        given.callee = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(request.callee))).exports;
    }
    const module = new WebAssembly.Module(new Uint8Array(request.wasm));
    const call = new WebAssembly.Instance(module, given).exports[request.export];
    const argument = readValue(request.argument);
    return () => {
        count = 0n;
        return timed(() => bits(call(argument)));
    };
}

function prepareInstantiate(request) {
    const module = new WebAssembly.Module(new Uint8Array(request.wasm));
    const given = imports();
    const argument = request.export && readValue(request.argument);
    return () =>
        timed(() => {
            let sum = 0n;
            for (let index = 0; index < request.count; index++) {
                const instance = new WebAssembly.Instance(module, given);
                if (request.export) sum = BigInt.asUintN(64, sum + bits(instance.exports[request.export](argument)));
            }
            return sum;
        });
}

function prepareEnter(request) {
    const module = new WebAssembly.Module(new Uint8Array(request.wasm));
    const { empty, add } = new WebAssembly.Instance(module, imports()).exports;
    if (request.empty) {
        return () =>
            timed(() => {
                for (let index = 0; index < request.count; index++) empty();
                return 0n;
            });
    }
    return () =>
        timed(() => {
            let sum = 0n;
            for (let index = 0; index < request.count; index++) sum = add(index, sum);
            return bits(sum);
        });
}

function prepareTranslate(request) {
    const wasm = new Uint8Array(request.wasm);
    return () =>
        timed(() => {
            new WebAssembly.Module(wasm);
            return 0n;
        });
}

async function serve() {
    const prepare = {
        call: prepareCall,
        instantiate: prepareInstantiate,
        enter: prepareEnter,
        translate: prepareTranslate,
    };
    let run;
    for await (const line of createInterface({ input: stdin })) {
        try {
            if (run) {
                console.log(run());
            } else {
                const request = JSON.parse(line);
                run = prepare[request.kind](request);
                console.log("ready");
            }
        } catch (error) {
            console.log(`error ${error.message.replaceAll("\n", " ")}`);
        }
    }
}

function start(wasm, name, argument) {
    const before = memoryUsage.rss() / 1024;
    const start = hrtime.bigint();
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    const ready = hrtime.bigint() - start;
    const result = instance.exports[name](argument);
    const end = hrtime.bigint() - start;
    const growth = resourceUsage().maxRSS - before;
    console.log(`${bits(result)} ${ready} ${end} ${growth}`);
}

function idle(wasm, name, argument, instances) {
    const module = new WebAssembly.Module(wasm);
    const mappings = () => readFileSync("/proc/self/maps", "utf8").split("\n").length;
    const make = () => {
        const instance = new WebAssembly.Instance(module);
        return [instance, bits(instance.exports[name](argument))];
    };
    const kept = [make()];
    let sum = kept[0][1];
    const [memoryBefore, mappingsBefore] = [memoryUsage.rss() / 1024, mappings()];
    for (let index = 0; index < instances; index++) {
        kept.push(make());
        sum = BigInt.asUintN(64, sum + kept.at(-1)[1]);
    }
    const memory = (memoryUsage.rss() / 1024 - memoryBefore) / instances;
    console.log(`${sum} ${memory} ${(mappings() - mappingsBefore) / instances}`);
}

// The whole standard input, which need not be there yet: reading it at once could fail.
async function readInput() {
    const parts = [];
    for await (const part of stdin) parts.push(part);
    return Buffer.concat(parts);
}

const [kind, name, value, instances] = argv.slice(1);
if (kind === "serve") await serve();
else if (kind === "start") start(await readInput(), name, readValue(value));
else idle(await readInput(), name, readValue(value), Number(instances));
