//! Threads that compile behind running programs.
//!
//! Input: what modules want compiled, and what a thread without work finds that is warm. Output: [`CompilerThreads`],
//! which an engine has. Holds: there are as many threads as there is work for, up to a limit, and they end when there
//! has been none for a while, or the engine is gone; nobody waits for them; what a module wanted that is gone is
//! dropped.

use alloc::sync::{Arc, Weak};
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;

use super::tiered::{Task, TieredModule};
use crate::compile::Worker;
use crate::ordered_map::OrderedMap;
use crate::sys::sync::{Mutex, Signal};
use crate::sys::{clock, workers};
use crate::weak_list::{Sweep, WeakList};

/// How often somebody has to want something before the first thread of an engine starts: that, and what it finds out
/// about the system, takes a tenth of a millisecond, and a program that wants so much has run for half a millisecond.
const WISHES_BEFORE_THREADS: u64 = 100;

/// How often something has to be wanted if there is one processor, which compiling takes away from the program.
/// Measured with programs that run for 20 to 150 ms: with 5, some take 1.2 times as long as in the interpreter, with
/// 12 all at most 1.1 times, and with 25 those that would gain gain less.
const LEAST_HEAT_ALONE: u64 = 12;

/// How long a thread waits for work before it looks for what is warm. Each time it finds nothing, it waits twice as
/// long as before.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);

/// A thread that would have to wait longer than this ends.
const LONGEST_PAUSE: Duration = Duration::from_millis(320);

/// How much longer than a thread looks for what is warm it waits before it looks again.
const PAUSE_FOR_LOOKING: u32 = 20;

/// How many threads there are at most, unless somebody says so: more would seldom have work.
const MOST_THREADS: usize = 4;

/// The threads of an engine, and what they have to do.
pub(super) struct CompilerThreads(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    /// That there is more to do, or never will be.
    changed: Signal,
    /// How many threads there are at most, if not as many as there are processors for; with 0, whoever wants something
    /// does it.
    most_threads: Option<usize>,
    /// How many processors there are, or 0 until a thread has asked: that takes longer than making an engine.
    processors: AtomicUsize,
    /// The modules that threads have worked for.
    modules: Mutex<WeakList<TieredModule>>,
    /// What those have used who have done it themselves, to be used again.
    spare: Mutex<Vec<Worker>>,
}

struct Queue {
    /// What is most urgent comes first, and then what has waited longest.
    jobs: OrderedMap<(Reverse<u64>, u64), Job>,
    /// When to drop the jobs for modules that are gone, which may never become the most urgent ones.
    sweep: Sweep,
    /// How many jobs there ever were.
    count: u64,
    threads: usize,
    /// How many of them wait.
    idle: usize,
    is_closed: bool,
}

struct Job {
    module: Weak<TieredModule>,
    task: Task,
    urgency: Urgency,
}

/// How much something is wanted.
#[derive(Copy, Clone, Debug)]
pub(super) struct Urgency {
    /// How hot it is, in parts of the heat at which it is wanted for the first time: see [`Urgency::WANTED`].
    heat: u64,
    /// How many bytes are to be read to compile it.
    bytes: usize,
}

impl Urgency {
    /// The heat of what is wanted once.
    const WANTED: u64 = 1 << 16;

    /// Something that somebody has wanted so often.
    pub(super) fn wanted(times: usize, bytes: usize) -> Urgency {
        let heat = (times as u64).min(1 << 20) * Urgency::WANTED;
        Urgency { heat, bytes }
    }

    /// Something that nobody has wanted yet, but that was called `calls` times of the `of` at which it will be.
    pub(super) fn warm(calls: u32, of: u32, bytes: usize) -> Urgency {
        let heat = u64::from(calls) * Urgency::WANTED / u64::from(of.max(1));
        let heat = heat.min(Urgency::WANTED - 1);
        Urgency { heat, bytes }
    }

    /// Whether somebody waits for it.
    pub(super) fn is_wanted(self) -> bool {
        self.heat >= Urgency::WANTED
    }

    /// What is hot and short comes first.
    fn priority(self) -> u64 {
        (self.heat << 16) / (64 + self.bytes as u64)
    }
}

/// What a thread has to do next.
enum Next {
    Job(Job),
    /// It has waited in vain.
    Nothing,
    /// Never anything again.
    End,
}

impl CompilerThreads {
    /// At most so many, none of which runs yet, or as many as there are processors for.
    pub(super) fn new(most_threads: Option<usize>) -> CompilerThreads {
        CompilerThreads(Arc::new(Shared {
            queue: Mutex::new(Queue {
                jobs: OrderedMap::new(),
                sweep: Sweep::new(64),
                count: 0,
                threads: 0,
                idle: 0,
                is_closed: false,
            }),
            changed: Signal::new(),
            most_threads,
            processors: AtomicUsize::new(0),
            modules: Mutex::new(WeakList::new()),
            spare: Mutex::default(),
        }))
    }

    /// Lets a thread do a task of a module at once; or does it, if there are no threads.
    pub(super) fn submit_now(&self, module: &Arc<TieredModule>, task: Task) {
        self.0.queue.lock().count += WISHES_BEFORE_THREADS;
        self.submit(module, task, Urgency::wanted(usize::MAX, 0));
    }

    /// Lets a thread do a task of a module; or does it, if there are no threads.
    pub(super) fn submit(&self, module: &Arc<TieredModule>, task: Task, urgency: Urgency) {
        let shared = &self.0;
        let processors = shared.processors.load(Ordering::Relaxed);
        let is_cold = urgency.heat < LEAST_HEAT_ALONE * Urgency::WANTED;
        if processors == 1 && is_cold && shared.most_threads != Some(0) {
            return;
        }
        let job = Job {
            module: Arc::downgrade(module),
            task,
            urgency,
        };
        if let Some(Job { task, urgency, .. }) = shared.push(job) {
            let mut worker = shared.spare.lock().pop();
            if module.work(&mut worker, task, urgency) {
                module.publish(&mut worker);
            }
            shared.spare.lock().extend(worker);
        }
    }
}

impl Drop for CompilerThreads {
    fn drop(&mut self) {
        let mut queue = self.0.queue.lock();
        queue.is_closed = true;
        let jobs = core::mem::take(&mut queue.jobs);
        drop(queue);
        self.0.changed.notify_all();
        drop(jobs);
    }
}

impl Shared {
    fn most_threads(&self) -> usize {
        let processors = self.processors.load(Ordering::Relaxed);
        // There is one in any case, which asks.
        self.most_threads
            .unwrap_or(processors.saturating_sub(1).clamp(1, MOST_THREADS))
    }

    /// Puts a job into the queue, and finds a thread for it. Gives it back if there is none.
    fn push(self: &Arc<Self>, job: Job) -> Option<Job> {
        let mut queue = self.queue.lock();
        let most_threads = self.most_threads();
        if most_threads == 0 {
            return Some(job);
        }
        queue.count += 1;
        let is_worth_it = queue.count >= WISHES_BEFORE_THREADS;
        if is_worth_it && queue.idle == 0 && queue.threads < most_threads {
            let this = Arc::clone(self);
            let started = workers::start("wazir compiler", move || this.run());
            queue.threads += usize::from(started);
        }
        if is_worth_it && queue.threads == 0 {
            return Some(job);
        }
        let key = (Reverse(job.urgency.priority()), queue.count);
        if queue.sweep.is_due(queue.jobs.len()) {
            queue.jobs.retain(|_, job| job.module.strong_count() > 0);
            let left = queue.jobs.len();
            queue.sweep.done(left);
        }
        queue.jobs.insert(key, job);
        drop(queue);
        self.changed.notify_one();
        None
    }

    /// What a thread does.
    fn run(self: Arc<Self>) {
        let running = Running(&self);
        let processors = workers::processors();
        self.processors.store(processors, Ordering::Relaxed);
        if processors == 1 {
            // What is hot enough for that will be wanted again.
            let jobs = core::mem::take(&mut self.queue.lock().jobs);
            drop(jobs);
        }
        // Made when it is known what the processor has.
        let mut worker = None;
        // The module with functions in the worker that are compiled but cannot be executed yet.
        let mut open: Option<Arc<TieredModule>> = None;
        let mut pause = SHORTEST_PAUSE;
        loop {
            let patience = open.is_none().then_some(pause);
            match self.next(patience) {
                Next::Job(job) => {
                    let Some(module) = job.module.upgrade() else {
                        continue;
                    };
                    if let Some(other) = open.take().filter(|other| !Arc::ptr_eq(other, &module)) {
                        other.publish(&mut worker);
                    }
                    if module.begin_work() {
                        self.modules.lock().push(job.module);
                    }
                    if module.work(&mut worker, job.task, job.urgency) {
                        open = Some(module);
                    }
                }
                Next::Nothing => {
                    if let Some(module) = open.take() {
                        module.publish(&mut worker);
                        continue;
                    }
                    let start = clock::monotonic();
                    pause = match self.find_warm() {
                        true => SHORTEST_PAUSE,
                        false => pause * 2,
                    };
                    if let (Some(start), Some(end)) = (start, clock::monotonic()) {
                        pause = pause.max((end - start) * PAUSE_FOR_LOOKING);
                    }
                }
                Next::End => break,
            }
        }
        // It has been counted out.
        core::mem::forget(running);
    }

    /// The next job. If there is none, it may be waited for; if that would take too long, the thread no longer counts.
    fn next(&self, patience: Option<Duration>) -> Next {
        let mut queue = self.queue.lock();
        let mut is_late = false;
        loop {
            if let Some((_, job)) = queue.jobs.pop_first() {
                return Next::Job(job);
            }
            let patience = match patience {
                Some(patience) if !is_late => patience,
                _ => return Next::Nothing,
            };
            if queue.is_closed || patience > LONGEST_PAUSE {
                queue.threads -= 1;
                return Next::End;
            }
            queue.idle += 1;
            (queue, is_late) = self.changed.wait(queue, patience);
            queue.idle -= 1;
        }
    }

    /// Makes jobs of what is warm in the modules that somebody has worked for. Tells whether there is any.
    fn find_warm(self: &Arc<Self>) -> bool {
        if self.processors.load(Ordering::Relaxed) == 1 {
            // The program would have to wait for it.
            return false;
        }
        // Without the lock, since a module may be dropped here.
        let modules = self.modules.lock().upgraded();
        let mut found = false;
        for module in modules {
            for (task, urgency) in module.take_warm() {
                let module = Arc::downgrade(&module);
                let job = Job {
                    module,
                    task,
                    urgency,
                };
                found |= self.push(job).is_none();
            }
        }
        found
    }
}

/// A thread that counts: also one that ends by a panic is counted out.
struct Running<'a>(&'a Shared);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.queue.lock().threads -= 1;
    }
}
