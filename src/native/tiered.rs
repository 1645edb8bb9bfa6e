//! The machine code of a module that begins interpreted: it comes function by function, as the interpreter finds that
//! these are worth it.
//!
//! Input: a module, and what register code asks. Output: [`TieredModule`]. Holds: a function's code stays where it is
//! as long as the module, and the interpreter is told of it only when it can be executed.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use core::time::Duration;

use super::cache::ModuleCache;
use super::code::Code;
use super::engine::{FunctionStubs, LazyEngine, NativeEngine};
use super::module::type_ids;
use super::threads::Urgency;
use crate::compile::{
    self, Batch, CompiledFunction, CompiledModule, Linker, Profile, Update, UpdateWord, Worker,
};
use crate::error::Error;
use crate::interp::{CallTarget, Heat, Tiers};
use crate::module::Module;
use crate::ordered_map::OrderedMap;
use crate::runtime::instance::{MachineCode, MachineRecords};
use crate::runtime::layout::{LoopFrame, MachineContext, MachineEntry};
use crate::sys::clock;
use crate::sys::code_memory::CodeSpace;
use crate::sys::sync::{Mutex, Once};
use crate::wasm::types::FuncType;

/// How much address space a module has for code: as many bytes for each byte of its bodies, and so many in any case.
const SPACE_A_BYTE: usize = 8;
const SPACE_AT_LEAST: usize = 1 << 20;
/// And no more than this, since distances have 32 bits.
const SPACE_AT_MOST: usize = 1 << 29;

/// How many bytes of code are made executable at once, if more of them is on the way: each time takes some
/// microseconds, and whole pages.
const BATCH_BYTES: usize = 4096;
/// The same if nobody waits for them.
const WARM_BATCH_BYTES: usize = 65536;

/// What part of the calls that make a function hot make it warm: then it is compiled if threads have nothing else to
/// do.
const WARM: u32 = 8;

/// How many bytes may be read to compile code that goes on at loops of one function. Each loop takes as much as the
/// function.
const BYTES_FOR_LOOPS: usize = 512 << 10;
/// How many loops of a function are entered by code of their own, however long it is, and at most.
const LEAST_LOOPS: usize = 16;
const MOST_LOOPS: usize = 256;

/// How many times as many iterations as make a loop hot are interpreted before somebody asks again, where no code goes
/// on at the loop: others of the function may be hot.
const REFUSED: u32 = 16;

/// When functions become machine code.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thresholds {
    /// How often a function is interpreted at first.
    pub(crate) calls: u32,
    /// How many iterations of its loops are.
    pub(crate) iterations: u32,
}

/// A module whose functions are interpreted at first.
pub(crate) struct TieredModule {
    module: Arc<Module>,
    engine: Arc<LazyEngine>,
    thresholds: Thresholds,
    heat: Box<[Heat]>,
    /// What its code needs, once there is any in the engine; none if there is no memory for it.
    stubs: Once<Option<Stubs>>,
    type_ids: Box<[u32]>,
    /// What each function is that the module defines: see [`FunctionState`].
    states: Box<[AtomicUsize]>,
    /// The code that goes on at loops, by the function and by where the loop is.
    loops: Mutex<OrderedMap<(u32, u32), LoopState>>,
    /// Where calls through tables lead, by where they are in the module's bytes.
    targets: Mutex<OrderedMap<u32, Box<CallTarget>>>,
    /// Whether a thread has begun to work for it.
    is_worked_for: AtomicBool,
    code: Mutex<State>,
    cache: Option<ModuleCache>,
    counts: Counts,
}

/// The stubs of the types that functions of a module have.
struct Stubs {
    /// Keeps them alive.
    engine: Arc<NativeEngine>,
    /// How each function is called that the module defines, as long as it is interpreted.
    interpreted: Box<[MachineEntry]>,
    /// By the index of the type; none if no function that the module defines has it.
    by_type: Box<[Option<FunctionStubs>]>,
}

/// What is known of a function's code.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum FunctionState {
    /// Nobody has asked for it.
    Interpreted,
    /// Nobody gets it.
    Refused,
    /// Somebody was asked so often to compile it.
    Requested(usize),
    /// Somebody has begun to.
    InWork,
    /// It is at this address.
    Compiled(usize),
}

impl FunctionState {
    /// Below that there is no code.
    const LOWEST_ADDRESS: usize = 4096;

    fn of(word: usize) -> FunctionState {
        match word {
            0 => FunctionState::Interpreted,
            1 => FunctionState::Refused,
            2 => FunctionState::InWork,
            address if address >= FunctionState::LOWEST_ADDRESS => FunctionState::Compiled(address),
            count => FunctionState::Requested(count - 2),
        }
    }

    fn word(self) -> usize {
        match self {
            FunctionState::Interpreted => 0,
            FunctionState::Refused => 1,
            FunctionState::InWork => 2,
            FunctionState::Requested(count) => (count + 2).min(FunctionState::LOWEST_ADDRESS - 1),
            FunctionState::Compiled(address) => address,
        }
    }
}

/// What is known of the code that goes on at a loop.
#[derive(Copy, Clone)]
enum LoopState {
    /// Somebody was asked so often to compile it.
    Requested(usize),
    /// Somebody has begun to.
    InWork,
    /// There can be none.
    Refused,
    Compiled(MachineEntry),
}

/// What is to be done for a module.
pub(super) enum Task {
    /// Compile the function with this index among those that it defines.
    Function(u32),
    /// Compile what goes on at a loop of a function.
    Loop(u32, LoopFrame),
    /// Use what was compiled in an earlier run.
    Load,
}

struct State {
    /// Made when there is something to link.
    linker: Option<Linker>,
    /// Before the space, so that nothing is looked for there when that is freed.
    parts: Vec<Arc<Code>>,
    space: Option<CodeSpace>,
}

/// What has happened so far.
#[derive(Default)]
struct Counts {
    functions: AtomicUsize,
    refused: AtomicUsize,
    kept: AtomicUsize,
    loops: AtomicUsize,
    entered: AtomicUsize,
    code_bytes: AtomicUsize,
    nanoseconds: AtomicU64,
}

/// How far a module has got; see [`crate::TierStats`].
#[derive(Copy, Clone, Debug)]
pub(crate) struct TierCounts {
    pub(crate) functions: usize,
    pub(crate) refused: usize,
    pub(crate) kept: usize,
    pub(crate) loops: usize,
    pub(crate) entered: usize,
    pub(crate) code_bytes: usize,
    pub(crate) time: Duration,
}

impl TieredModule {
    /// A module of which nothing is machine code yet.
    pub(crate) fn new(
        engine: &Arc<LazyEngine>,
        module: &Arc<Module>,
        thresholds: Thresholds,
    ) -> Arc<TieredModule> {
        let defined = &module.functions[module.imported_functions as usize..];
        let cache = engine.cache_of(module);
        let has_some = cache.as_ref().is_some_and(ModuleCache::has_some);
        let tiered = Arc::new(TieredModule {
            cache,
            heat: defined
                .iter()
                .map(|_| Heat::new(thresholds.calls, thresholds.iterations))
                .collect(),
            states: defined
                .iter()
                .map(|_| FunctionState::Interpreted.word().into())
                .collect(),
            thresholds,
            stubs: Once::new(),
            loops: Mutex::default(),
            targets: Mutex::default(),
            is_worked_for: AtomicBool::new(false),
            code: Mutex::new(State {
                linker: None,
                parts: Vec::new(),
                space: None,
            }),
            counts: Counts::default(),
            module: Arc::clone(module),
            engine: Arc::clone(engine),
            type_ids: type_ids(module),
        });
        if has_some {
            engine.threads().submit_now(&tiered, Task::Load);
        }
        tiered
    }

    /// What its code needs, which is made if it is not there, and the engine's part of it; none if there can be no
    /// machine code.
    fn make_stubs(&self) -> Option<&Stubs> {
        let make = || Stubs::new(self.engine.make()?, &self.module);
        self.stubs.get_or_init(make).as_ref()
    }

    /// The module with the code of all its functions, to be saved.
    ///
    /// # Errors
    /// A resource error if the code is too long.
    pub(crate) fn save(&self, is_parallel: bool) -> Result<Vec<u8>, Error> {
        let engine = self.engine.make().ok_or_else(|| no_room(0))?;
        engine.precompile(&self.module, is_parallel)
    }

    /// How far it has got.
    pub(crate) fn counts(&self) -> TierCounts {
        let counts = &self.counts;
        let [functions, refused, kept, loops, entered, code_bytes] = [
            &counts.functions,
            &counts.refused,
            &counts.kept,
            &counts.loops,
            &counts.entered,
            &counts.code_bytes,
        ]
        .map(|count| count.load(Ordering::Relaxed));
        TierCounts {
            functions,
            refused,
            kept,
            loops,
            entered,
            code_bytes,
            time: Duration::from_nanos(counts.nanoseconds.load(Ordering::Relaxed)),
        }
    }

    fn state(&self, index: u32) -> FunctionState {
        FunctionState::of(self.states[index as usize].load(Ordering::Acquire))
    }

    /// Changes what is known of a function, unless that has changed meanwhile.
    fn set_state(&self, index: u32, from: FunctionState, to: FunctionState) -> bool {
        let state = &self.states[index as usize];
        let (from, to) = (from.word(), to.word());
        let changed = state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed);
        changed.is_ok()
    }

    /// A function whose code there will never be.
    fn refuse(&self, index: u32) {
        let refused = FunctionState::Refused.word();
        self.states[index as usize].store(refused, Ordering::Release);
        self.heat[index as usize].set_calls(u32::MAX);
        self.counts.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// A task that nobody can do.
    fn refuse_task(&self, task: &Task) {
        match *task {
            Task::Function(index) => self.refuse(index),
            Task::Loop(index, LoopFrame { offset, .. }) => {
                self.loops
                    .lock()
                    .insert((index, offset), LoopState::Refused);
            }
            Task::Load => {}
        }
    }

    /// Notes that a thread works for it. Tells whether none has before.
    pub(super) fn begin_work(&self) -> bool {
        !self.is_worked_for.swap(true, Ordering::Relaxed)
    }

    /// Functions that are warm, as if they had been wanted.
    pub(super) fn take_warm(&self) -> Vec<(Task, Urgency)> {
        let most = self.thresholds.calls;
        let mut warm = Vec::new();
        for (index, heat) in (0..).zip(&*self.heat) {
            let calls = most.saturating_sub(heat.calls());
            let is_warm = calls > 0 && calls >= most / WARM;
            let state = FunctionState::Interpreted;
            if is_warm
                && self.state(index) == state
                && self.set_state(index, state, FunctionState::Requested(1))
            {
                let urgency = Urgency::warm(calls, most, self.body_bytes(index));
                warm.push((Task::Function(index), urgency));
            }
        }
        warm
    }

    fn body_bytes(&self, index: u32) -> usize {
        self.module.bodies[index as usize].range.len()
    }

    /// Does a task. Tells whether there is something to publish afterwards.
    pub(super) fn work(&self, worker: &mut Option<Worker>, task: Task, urgency: Urgency) -> bool {
        let start = clock::monotonic();
        let Some(stubs) = self.make_stubs() else {
            self.refuse_task(&task);
            return false;
        };
        let worker = worker.get_or_insert_with(|| Worker::new(stubs.engine.features()));
        let waits = match task {
            Task::Function(index) => self.compile(stubs, worker, index, urgency),
            Task::Loop(index, frame) => {
                if !self.begin_loop(index, frame.offset) {
                    return worker.code_bytes() > 0;
                }
                // It is a part of its own.
                if worker.code_bytes() > 0 {
                    self.publish_from(stubs, worker);
                }
                let entry = self.compile_loop(stubs, worker, index, frame);
                let state = entry.map_or(LoopState::Refused, LoopState::Compiled);
                self.loops.lock().insert((index, frame.offset), state);
                if entry.is_some() {
                    self.counts.loops.fetch_add(1, Ordering::Relaxed);
                    // Somebody waits for it.
                    self.heat[index as usize].set_iterations(0);
                }
                false
            }
            Task::Load => {
                if worker.code_bytes() > 0 {
                    self.publish_from(stubs, worker);
                }
                self.load(stubs);
                false
            }
        };
        if let (Some(start), Some(end)) = (start, clock::monotonic()) {
            let nanoseconds = (end - start).as_nanos() as u64;
            let all = &self.counts.nanoseconds;
            all.fetch_add(nanoseconds, Ordering::Relaxed);
        }
        waits
    }

    /// Whether nobody has begun yet with the code that goes on at a loop.
    fn begin_loop(&self, index: u32, offset: u32) -> bool {
        let mut loops = self.loops.lock();
        let is_wanted = matches!(loops.get(&(index, offset)), Some(LoopState::Requested(_)));
        if is_wanted {
            loops.insert((index, offset), LoopState::InWork);
        }
        is_wanted
    }

    /// Compiles a function, unless somebody has begun to. Tells whether there is something to publish afterwards.
    fn compile(&self, stubs: &Stubs, worker: &mut Worker, index: u32, urgency: Urgency) -> bool {
        // Whoever asks again and again is served once.
        let state = self.state(index);
        let is_wanted = matches!(state, FunctionState::Requested(_));
        if is_wanted && self.set_state(index, state, FunctionState::InWork) {
            let options = stubs.engine.options();
            let profile = self.profile(index);
            let compiled = worker.compile(&self.module, index, options, profile);
            if compiled.is_err() {
                self.refuse(index);
            }
            let batch_bytes = match urgency.is_wanted() {
                true => BATCH_BYTES,
                false => WARM_BATCH_BYTES,
            };
            if worker.code_bytes() >= batch_bytes {
                self.publish_from(stubs, worker);
            }
        }
        worker.code_bytes() > 0
    }

    /// What is known of a function that was interpreted so far.
    fn profile(&self, index: u32) -> Profile {
        let imported = self.module.imported_functions;
        let body = &self.module.bodies[index as usize];
        let mut targets = Vec::new();
        let known = self.targets.lock();
        let mut end = body.range.end;
        while let Some((&offset, target)) = known.last_up_to(&end) {
            if offset < body.range.start {
                break;
            }
            let likely = target.likely();
            let own = likely.filter(|&likely| (likely as usize) < self.states.len());
            targets.extend(own.map(|likely| (offset, likely + imported)));
            end = offset - 1;
        }
        drop(known);
        let callees = body.facts.get().map_or(&[][..], |facts| facts.callees());
        let calls = callees.iter().filter_map(|&callee| {
            let defined = callee.checked_sub(imported)?;
            Some((callee, self.calls(defined)))
        });
        Profile::new(targets, calls)
    }

    /// How often a function was called, as far as it is known; what is compiled is not counted any more.
    fn calls(&self, index: u32) -> u32 {
        let most = self.thresholds.calls;
        let since = most.saturating_sub(self.heat[index as usize].calls());
        match self.state(index) {
            FunctionState::Interpreted => since,
            FunctionState::Requested(count) => {
                since.saturating_add(most.saturating_mul(count as u32))
            }
            FunctionState::Refused | FunctionState::InWork | FunctionState::Compiled(_) => u32::MAX,
        }
    }

    /// The code that goes on at a loop.
    fn compile_loop(
        &self,
        stubs: &Stubs,
        worker: &mut Worker,
        index: u32,
        frame: LoopFrame,
    ) -> Option<MachineEntry> {
        let options = stubs.engine.options();
        worker
            .compile_loop(&self.module, index, options, self.profile(index), frame)
            .ok()?;
        let batch = worker.take();
        let entry = self.link_loop(stubs, index, &batch);
        if entry.is_some() {
            self.keep(stubs, &batch);
        }
        entry
    }

    /// Makes ready what goes on at a loop.
    fn link_loop(&self, stubs: &Stubs, index: u32, batch: &Batch) -> Option<MachineEntry> {
        let (base, functions) = self.link(stubs, batch).ok()?;
        let address = functions.first()?.external_entry(base);
        let function = index + self.module.imported_functions;
        let results = self.module.function_type(function).results();
        let ty = FuncType::new([], results.iter().copied());
        let stubs = stubs.engine.stubs_of(&[&ty]).ok()?;
        Some(stubs.first()?.compiled(address))
    }

    /// Lets what a worker has compiled take over.
    pub(super) fn publish(&self, worker: &mut Option<Worker>) {
        if let (Some(stubs), Some(worker)) = (self.make_stubs(), worker) {
            self.publish_from(stubs, worker);
        }
    }

    fn publish_from(&self, stubs: &Stubs, worker: &mut Worker) {
        let batch = worker.take();
        match self.take_over(stubs, &batch) {
            Ok(()) => self.keep(stubs, &batch),
            Err(_) => {
                for index in batch.functions() {
                    self.refuse(index);
                }
            }
        }
    }

    /// Lets functions take over.
    ///
    /// # Errors
    /// There is no room for them.
    fn take_over(&self, stubs: &Stubs, batch: &Batch) -> Result<(), Error> {
        let (base, functions) = self.link(stubs, batch)?;
        for function in functions {
            let index = function.defined_index as usize;
            let compiled = FunctionState::Compiled(function.external_entry(base));
            self.states[index].store(compiled.word(), Ordering::Release);
            self.heat[index].set_calls(0);
            self.counts.functions.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Keeps what was compiled for later runs.
    fn keep(&self, stubs: &Stubs, batch: &Batch) {
        if let Some(cache) = &self.cache {
            cache.keep(&stubs.engine, &self.module, batch);
        }
    }

    /// Uses what was kept by earlier runs.
    fn load(&self, stubs: &Stubs) {
        let cache = self.cache.as_ref();
        let Some(read) = cache.and_then(|cache| cache.read(&stubs.engine, &self.module)) else {
            return;
        };
        // Code refers to tables that never change by their numbers.
        compile::find_fixed_tables(&self.module);
        let count = read.functions.functions().count();
        if count > 0 && self.take_over(stubs, &read.functions).is_ok() {
            self.counts.kept.fetch_add(count, Ordering::Relaxed);
        }
        for batch in &read.loops {
            let (Some(frame), Some(index)) = (batch.entry(), batch.functions().next()) else {
                continue;
            };
            if let Some(entry) = self.link_loop(stubs, index, batch) {
                let mut loops = self.loops.lock();
                loops.insert((index, frame.offset), LoopState::Compiled(entry));
                self.counts.loops.fetch_add(1, Ordering::Relaxed);
                self.counts.kept.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Puts code where it can be executed. Gives what places are counted from, and where the functions are.
    ///
    /// # Errors
    /// There is no room for it.
    fn link(&self, stubs: &Stubs, batch: &Batch) -> Result<(usize, Vec<CompiledFunction>), Error> {
        let State {
            linker,
            parts,
            space,
        } = &mut *self.code.lock();
        let module = &self.module;
        let space = match space {
            Some(space) => space,
            none => {
                let bytes = module.body_bytes().saturating_mul(SPACE_A_BYTE);
                let bytes = bytes.clamp(SPACE_AT_LEAST, SPACE_AT_MOST);
                let reserved = CodeSpace::reserve(Linker::word_bytes(module), bytes);
                none.insert(reserved.ok_or_else(|| no_room(bytes))?)
            }
        };
        let linker = linker.get_or_insert_with(|| Linker::in_parts(module));
        let used = space.used();
        let CompiledModule { code, tables } =
            linker.link(module, core::slice::from_ref(batch), used as u32)?;
        if !space.append(&code) {
            return Err(no_room(code.len()));
        }
        let base = space.address() as usize;
        let range = base + used..base + used + code.len();
        let functions = tables.functions.clone();
        self.counts
            .code_bytes
            .fetch_add(space.used() - used, Ordering::Relaxed);
        // SAFETY: the code is in the space, which is dropped after the parts; the stub is as long as the engine.
        let part = unsafe { Code::new(module, tables, base, range, stubs.engine.fault_stub()) };
        parts.push(part);
        for Update { at, word } in linker.take_updates() {
            let word = match word {
                UpdateWord::Address(place) => (base + place as usize) as u64,
                UpdateWord::Entry(entry) => u64::from_le_bytes(entry.to_bytes()),
            };
            space.write(at as usize, word);
        }
        Ok((base, functions))
    }

    /// Asks for the code of a function.
    fn request(self: &Arc<Self>, index: u32, state: FunctionState) {
        let count = match state {
            FunctionState::Requested(count) => count + 1,
            _ => 1,
        };
        // Otherwise somebody else was quicker.
        if self.set_state(index, state, FunctionState::Requested(count)) {
            self.submit(Task::Function(index), index, count);
        }
    }

    fn submit(self: &Arc<Self>, task: Task, index: u32, times: usize) {
        let urgency = Urgency::wanted(times, self.body_bytes(index));
        self.engine.threads().submit(self, task, urgency);
    }

    /// Counts that the code is wanted that goes on at a loop, and gives what was known of it.
    fn want_loop(&self, index: u32, offset: u32) -> LoopState {
        let most = BYTES_FOR_LOOPS / self.body_bytes(index).max(1);
        let most = most.clamp(LEAST_LOOPS, MOST_LOOPS);
        let mut loops = self.loops.lock();
        let known = loops.get(&(index, offset)).copied();
        if known.is_none() {
            // Where the function was before it probably is no more. Otherwise that will be wanted again.
            loops
                .retain(|(of, _), state| *of != index || !matches!(state, LoopState::Requested(_)));
        }
        let state = known.unwrap_or_else(|| {
            let of_function = loops.keys().filter(|(of, _)| *of == index);
            match of_function.count() < most {
                true => LoopState::Requested(0),
                false => LoopState::Refused,
            }
        });
        let next = match state {
            LoopState::Requested(count) => LoopState::Requested(count + 1),
            known => known,
        };
        loops.insert((index, offset), next);
        next
    }
}

#[cold]
fn no_room(bytes: usize) -> Error {
    Error::resource(alloc::format!(
        "there is no room for {bytes} bytes of machine code"
    ))
}

/// As often functions are called whose loops are entered before the whole function is compiled.
const SELDOM: u32 = 2;

impl Tiers for TieredModule {
    fn heat(&self) -> &[Heat] {
        &self.heat
    }

    fn call_target(&self, offset: u32) -> NonNull<CallTarget> {
        let mut targets = self.targets.lock();
        let target = targets.get_or_insert_with(offset, || Box::new(CallTarget::new()));
        NonNull::from(&**target)
    }

    fn compiled(&self, defined_index: u32) -> Option<MachineEntry> {
        let FunctionState::Compiled(address) = self.state(defined_index) else {
            return None;
        };
        let ty = self.module.functions[(defined_index + self.module.imported_functions) as usize];
        let stubs = self.make_stubs()?.by_type[ty as usize].as_ref()?;
        Some(stubs.compiled(address))
    }

    fn called(self: Arc<Self>, defined_index: u32) -> Option<MachineEntry> {
        let state = self.state(defined_index);
        let heat = &self.heat[defined_index as usize];
        match state {
            FunctionState::Interpreted | FunctionState::Requested(_) => {
                heat.set_calls(self.thresholds.calls.max(1));
                self.request(defined_index, state);
            }
            FunctionState::InWork => heat.set_calls(self.thresholds.calls.max(1)),
            FunctionState::Refused | FunctionState::Compiled(_) => {}
        }
        self.compiled(defined_index)
    }

    fn iterated(
        self: Arc<Self>,
        defined_index: u32,
        offset: u32,
        frame: &dyn Fn() -> Option<LoopFrame>,
    ) -> Option<MachineEntry> {
        let heat = &self.heat[defined_index as usize];
        let calls = self.thresholds.calls.saturating_sub(heat.calls());
        let state = self.state(defined_index);
        let is_awaited = match state {
            FunctionState::Interpreted => calls > SELDOM,
            FunctionState::Requested(_) | FunctionState::InWork => true,
            FunctionState::Refused | FunctionState::Compiled(_) => false,
        };
        let iterations = self.thresholds.iterations.max(1);
        heat.set_iterations(iterations);
        if is_awaited {
            if state != FunctionState::InWork {
                self.request(defined_index, state);
            }
            return None;
        }
        let of_function = state;
        let mut state = self.want_loop(defined_index, offset);
        if let LoopState::Requested(count) = state {
            let task = Task::Loop(defined_index, frame()?);
            self.submit(task, defined_index, count);
            // Who asks may have done it.
            let loops = self.loops.lock();
            state = *loops.get(&(defined_index, offset))?;
        }
        match state {
            LoopState::Requested(_) | LoopState::InWork => None,
            LoopState::Refused => {
                heat.set_iterations(iterations.saturating_mul(REFUSED));
                if of_function == FunctionState::Interpreted {
                    // It is called seldom, but all that can be done for it is this.
                    self.request(defined_index, of_function);
                }
                None
            }
            LoopState::Compiled(entry) => {
                // Next time it begins as machine code, if there is a next time.
                heat.limit_calls(1);
                self.counts.entered.fetch_add(1, Ordering::Relaxed);
                Some(entry)
            }
        }
    }
}

impl Stubs {
    fn new(engine: &Arc<NativeEngine>, module: &Module) -> Option<Stubs> {
        let defined = &module.functions[module.imported_functions as usize..];
        let mut used = defined.to_vec();
        used.sort_unstable();
        used.dedup();
        let types: Vec<_> = used.iter().map(|&ty| &**module.func_type(ty)).collect();
        let mut by_type = alloc::vec![None; module.types.len()].into_boxed_slice();
        for (ty, made) in used.into_iter().zip(engine.stubs_of(&types).ok()?) {
            by_type[ty as usize] = Some(made);
        }
        let interpreted = |&ty: &u32| {
            let stubs: Option<&FunctionStubs> = by_type[ty as usize].as_ref();
            stubs.map_or(MachineEntry::NONE, FunctionStubs::interpreted)
        };
        Some(Stubs {
            interpreted: defined.iter().map(interpreted).collect(),
            engine: Arc::clone(engine),
            by_type,
        })
    }
}

impl MachineCode for TieredModule {
    fn records(&self) -> Option<MachineRecords> {
        // As soon as there is machine code of any module of the engine.
        self.engine.get()?;
        let stubs = self.make_stubs()?;
        Some(MachineRecords {
            entries: stubs.interpreted.as_ptr(),
            context: MachineContext {
                type_ids: self.type_ids.as_ptr(),
                ..stubs.engine.context()
            },
        })
    }

    fn host_entry(&self, ty: &FuncType) -> Result<MachineEntry, Error> {
        let stubs = self.make_stubs().ok_or_else(|| no_room(0))?;
        stubs.engine.host_entry(ty)
    }
}

// SAFETY: the addresses in it are those of code, which never changes, and of what it owns itself.
unsafe impl Send for TieredModule {}
// SAFETY: as above.
unsafe impl Sync for TieredModule {}
