//! What can be measured, and how an engine inside this process does it.
//!
//! Input: [`Work`]. Output: a [`Run`], which does it again and again.
//! Holds: only the work is timed, not what prepares or checks it.

use crate::clock::time;
use crate::engines::{Argument, Call, Engine, Result, Settings, reason};
use crate::heap::live_bytes;
use crate::system::{mapping_count, memory_kib};
use std::env;
use std::hint::black_box;
use std::marker::PhantomData;
use std::process::Command;
use std::rc::Rc;
use std::time::Instant;

/// What one run took, and a value that must be the same for every engine.
pub struct Sample {
    /// Nanoseconds, bytes or what else the work says.
    pub amounts: Vec<f64>,
    pub checksum: u64,
}

/// Work that can be repeated.
pub type Run = Box<dyn FnMut() -> Result<Sample>>;

/// A module's bytes.
pub type Wasm = Rc<[u8]>;

pub enum Work {
    /// `Module::new`, without its end: nanoseconds.
    Translate { wasm: Wasm },
    /// A call of an export of a module that was translated before: nanoseconds.
    Call {
        wasm: Wasm,
        export: String,
        argument: Argument,
    },
    /// `count` times a new store, an instance in it, a call of its export if one is named, and their end: nanoseconds.
    Instantiate {
        wasm: Wasm,
        imports: bool,
        count: u32,
        touch: Option<(&'static str, Argument)>,
    },
    /// `count` calls of the guest by the host: nanoseconds.
    Enter { wasm: Wasm, call: Call, count: u32 },
    /// A call of an export of `caller`, which imports from an instance of `callee`: nanoseconds.
    Linked {
        callee: Wasm,
        caller: Wasm,
        export: &'static str,
        argument: Argument,
    },
    /// Bytes of the heap.
    Heap { wasm: Wasm, held: Held },
    /// From nothing but the bytes to an instance, and to the end of a call: nanoseconds, both from the beginning, and
    /// the KiB by which the memory of the process grew at most. The module has no imports. Only the first run in a
    /// process counts.
    Start {
        wasm: Wasm,
        export: String,
        argument: Argument,
    },
    /// The KiB that are resident and the mappings there are for each of `count` instances after a call. The module has
    /// no imports. Only the first run in a process counts.
    Idle {
        wasm: Wasm,
        export: String,
        argument: Argument,
        count: u32,
    },
}

/// Which bytes of the heap count.
#[derive(Clone, Copy)]
pub enum Held {
    Module,
    /// A store with an instance, without the module.
    Instance,
}

/// An engine that can be measured, wherever it runs.
pub trait Peer {
    /// Gets everything ready. The reason says what the engine cannot do.
    fn prepare(&self, work: &Work) -> Result<Run>;
    /// A process that has done nothing yet, and takes the arguments of [`crate::cold`].
    fn process(&self) -> Result<Command>;
}

/// An engine inside this process.
struct Native<E> {
    name: &'static str,
    settings: Settings,
    engine: PhantomData<E>,
}

/// Makes an engine inside this process measurable.
pub fn native<E: Engine>(name: &'static str, settings: Settings) -> Box<dyn Peer> {
    Box::new(Native::<E> {
        name,
        settings,
        engine: PhantomData,
    })
}

impl<E: Engine> Peer for Native<E> {
    fn prepare(&self, work: &Work) -> Result<Run> {
        let settings = self.settings;
        match work {
            Work::Translate { wasm } => translate::<E>(settings, wasm.clone()),
            Work::Call {
                wasm,
                export,
                argument,
            } => {
                let engine = E::new(settings)?;
                let template = engine.template(engine.module(wasm)?, true)?;
                let instance = engine.instantiate(&template)?;
                // What the instance may refer to lives as long as it is used.
                Ok(call(engine, instance, template, export, *argument))
            }
            Work::Instantiate {
                wasm,
                imports,
                count,
                touch,
            } => instantiate::<E>(settings, wasm, *imports, *count, *touch),
            Work::Enter { wasm, call, count } => enter::<E>(settings, wasm, *call, *count),
            Work::Linked {
                callee,
                caller,
                export,
                argument,
            } => {
                let engine = E::new(settings)?;
                let instance = engine.instantiate_linked(callee, caller)?;
                Ok(call(engine, instance, (), export, *argument))
            }
            Work::Heap { wasm, held } => heap::<E>(settings, wasm.clone(), *held),
            Work::Start {
                wasm,
                export,
                argument,
            } => Ok(start::<E>(
                settings,
                wasm.clone(),
                export.clone(),
                *argument,
            )),
            Work::Idle {
                wasm,
                export,
                argument,
                count,
            } => idle::<E>(settings, wasm, export.clone(), *argument, *count),
        }
    }

    fn process(&self) -> Result<Command> {
        let mut command = Command::new(env::current_exe().map_err(reason)?);
        command.args(["child", self.name, self.settings.mode.name()]);
        command.arg(self.settings.parallel.to_string());
        Ok(command)
    }
}

fn timed(work: impl FnOnce() -> Result<u64>) -> Result<Sample> {
    let (duration, checksum) = time(work);
    Ok(Sample {
        amounts: vec![duration.as_nanos() as f64],
        checksum: checksum?,
    })
}

fn translate<E: Engine>(settings: Settings, wasm: Wasm) -> Result<Run> {
    if let Some(reason) = E::TRANSLATES_AGAIN {
        return Err(reason.into());
    }
    Ok(Box::new(move || {
        // Code may belong to the engine: a new one each time, so that it does not pile up.
        let engine = E::new(settings)?;
        let mut module = None;
        let sample = timed(|| {
            module = Some(engine.module(&wasm)?);
            Ok(0)
        });
        drop(module);
        sample
    }))
}

fn call<E: Engine, K: 'static>(
    engine: E,
    mut instance: E::Instance,
    kept: K,
    export: &str,
    argument: Argument,
) -> Run {
    let export = export.to_string();
    Box::new(move || {
        let _ = &kept;
        timed(|| engine.call(&mut instance, &export, argument))
    })
}

fn instantiate<E: Engine>(
    settings: Settings,
    wasm: &[u8],
    imports: bool,
    count: u32,
    touch: Option<(&'static str, Argument)>,
) -> Result<Run> {
    if let Some(reason) = E::TRANSLATES_AGAIN {
        return Err(reason.into());
    }
    let engine = E::new(settings)?;
    let template = engine.template(engine.module(wasm)?, imports)?;
    Ok(Box::new(move || {
        timed(|| {
            let mut sum = 0u64;
            for _ in 0..count {
                let mut instance = engine.instantiate(&template)?;
                if let Some((export, argument)) = touch {
                    sum = sum.wrapping_add(engine.call(&mut instance, export, argument)?);
                }
                black_box(&mut instance);
            }
            Ok(sum)
        })
    }))
}

fn enter<E: Engine>(settings: Settings, wasm: &[u8], call: Call, count: u32) -> Result<Run> {
    let engine = E::new(settings)?;
    let template = engine.template(engine.module(wasm)?, true)?;
    let mut instance = engine.instantiate(&template)?;
    Ok(Box::new(move || {
        let _ = &template;
        timed(|| engine.enter(&mut instance, call, count))
    }))
}

fn heap<E: Engine>(settings: Settings, wasm: Wasm, held: Held) -> Result<Run> {
    if let Some(reason) = E::OFF_HEAP {
        return Err(reason.into());
    }
    Ok(Box::new(move || {
        let engine = E::new(settings)?;
        let before = live_bytes();
        let module = engine.module(&wasm)?;
        let mut amount = live_bytes() - before;
        if let Held::Instance = held {
            let template = engine.template(module, true)?;
            let before = live_bytes();
            let instance = engine.instantiate(&template)?;
            amount = live_bytes() - before;
            drop(instance);
        }
        Ok(Sample {
            amounts: vec![amount as f64],
            checksum: 0,
        })
    }))
}

fn start<E: Engine>(settings: Settings, wasm: Wasm, export: String, argument: Argument) -> Run {
    Box::new(move || {
        let before = memory_kib("self", "VmRSS");
        let start = Instant::now();
        let engine = E::new(settings)?;
        let template = engine.template(engine.module(&wasm)?, false)?;
        let mut instance = engine.instantiate(&template)?;
        let ready = start.elapsed().as_nanos() as f64;
        let result = engine.call(&mut instance, &export, argument)?;
        let end = start.elapsed().as_nanos() as f64;
        let growth = memory_kib("self", "VmHWM")? - before?;
        Ok(Sample {
            amounts: vec![ready, end, growth],
            checksum: result,
        })
    })
}

fn idle<E: Engine>(
    settings: Settings,
    wasm: &[u8],
    export: String,
    argument: Argument,
    count: u32,
) -> Result<Run> {
    let engine = E::new(settings)?;
    let template = engine.template(engine.module(wasm)?, false)?;
    let make = move || {
        let mut instance = engine.instantiate(&template)?;
        let result = engine.call(&mut instance, &export, argument)?;
        Ok::<_, String>((instance, result))
    };
    Ok(Box::new(move || {
        // The first one pays for what all share.
        let (first, mut sum) = make()?;
        let mut instances = Vec::with_capacity(count as usize);
        let memory = memory_kib("self", "VmRSS")?;
        let mappings = mapping_count()?;
        for _ in 0..count {
            let (instance, result) = make()?;
            instances.push(instance);
            sum = sum.wrapping_add(result);
        }
        let amounts = vec![
            (memory_kib("self", "VmRSS")? - memory) / f64::from(count),
            (mapping_count()? - mappings) / f64::from(count),
        ];
        drop((first, instances));
        Ok(Sample {
            amounts,
            checksum: sum,
        })
    }))
}
