//! Threads that compile behind running programs.
//!
//! Input: what modules want compiled. Output: [`CompilerThreads`], which an engine has. Holds: there are as many
//! threads as there is work for, up to a limit, and they end when there has been none for a while, or the engine is
//! gone; nobody waits for them; what a module wanted that is gone is dropped.

use alloc::sync::{Arc, Weak};
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;

use super::tiered::{Task, TieredModule};
use crate::compile::Worker;
use crate::ordered_map::OrderedMap;
use crate::sys::sync::{Mutex, Signal};
use crate::sys::workers;

/// How often somebody has to want something before the first thread of an engine starts: that, and what it finds out
/// about the system, takes a tenth of a millisecond, and a program that wants so much has run for half a millisecond.
const WISHES_BEFORE_THREADS: u64 = 100;

/// How often something has to be wanted if there is one processor, which compiling takes away from the program.
/// Measured with programs that run for 20 to 150 ms: with 5, some take 1.2 times as long as in the interpreter, with
/// 12 all at most 1.1 times, and with 25 those that would gain gain less.
const LEAST_HEAT_ALONE: usize = 12;

/// How long a thread waits for work before it ends.
const PATIENCE: Duration = Duration::from_millis(500);

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
    /// What those have used who have done it themselves, to be used again.
    spare: Mutex<Vec<Worker>>,
}

#[derive(Default)]
struct Queue {
    /// What is most urgent comes first, and then what has waited longest.
    jobs: OrderedMap<(Reverse<u64>, u64), Job>,
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
}

impl CompilerThreads {
    /// At most so many, none of which runs yet, or as many as there are processors for.
    pub(super) fn new(most_threads: Option<usize>) -> CompilerThreads {
        CompilerThreads(Arc::new(Shared {
            queue: Mutex::default(),
            changed: Signal::new(),
            most_threads,
            processors: AtomicUsize::new(0),
            spare: Mutex::default(),
        }))
    }

    /// Lets a thread do a task of a module at once; or does it, if there are no threads.
    pub(super) fn submit_now(&self, module: &Arc<TieredModule>, task: Task) {
        self.0.queue.lock().count += WISHES_BEFORE_THREADS;
        self.submit(module, task, usize::MAX, 0);
    }

    /// Lets a thread do a task of a module, which has been wanted so often and reads so many bytes; or does it, if
    /// there are no threads. What is wanted often and short comes first.
    pub(super) fn submit(&self, module: &Arc<TieredModule>, task: Task, heat: usize, bytes: usize) {
        let shared = &self.0;
        let processors = shared.processors.load(Ordering::Relaxed);
        if processors == 1 && heat < LEAST_HEAT_ALONE && shared.most_threads != Some(0) {
            return;
        }
        let priority = (heat as u64).min(1 << 31) << 32;
        let priority = priority / (64 + bytes as u64);
        let job = Job {
            module: Arc::downgrade(module),
            task,
        };
        if let Some(Job { task, .. }) = shared.push(job, priority) {
            let mut worker = shared.spare.lock().pop();
            if module.work(&mut worker, task) {
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
    fn push(self: &Arc<Self>, job: Job, priority: u64) -> Option<Job> {
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
        let key = (Reverse(priority), queue.count);
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
        loop {
            let Some(job) = self.next(open.is_none()) else {
                match open.take() {
                    Some(module) => module.publish(&mut worker),
                    None => break,
                }
                continue;
            };
            let Some(module) = job.module.upgrade() else {
                continue;
            };
            if let Some(other) = open.take().filter(|other| !Arc::ptr_eq(other, &module)) {
                other.publish(&mut worker);
            }
            if module.work(&mut worker, job.task) {
                open = Some(module);
            }
        }
        // It has been counted out.
        core::mem::forget(running);
    }

    /// The next job. If there is none, it may be waited for; if it comes too late, the thread no longer counts.
    fn next(&self, may_wait: bool) -> Option<Job> {
        let mut queue = self.queue.lock();
        let mut is_late = false;
        loop {
            if let Some((_, job)) = queue.jobs.pop_first() {
                return Some(job);
            }
            if !may_wait {
                return None;
            }
            if is_late || queue.is_closed {
                queue.threads -= 1;
                return None;
            }
            queue.idle += 1;
            (queue, is_late) = self.changed.wait(queue, PATIENCE);
            queue.idle -= 1;
        }
    }
}

/// A thread that counts: also one that ends by a panic is counted out.
struct Running<'a>(&'a Shared);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.queue.lock().threads -= 1;
    }
}
