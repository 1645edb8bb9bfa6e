//! Work on several processors.
//!
//! Input: what each worker does. Output: what each has made. Holds: it is done when all workers are; where the system
//! has no threads, or gives no more, the caller does all of it.

use alloc::vec::Vec;

/// How many threads can run at once, as far as the system says.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Lets `count` workers, of which the caller is one, do `work`, and gives what each of them has made.
pub(crate) fn run<T: Send>(count: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..count)
            .filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, &work).ok())
            .collect();
        let mut made = alloc::vec![work()];
        for other in others {
            match other.join() {
                Ok(result) => made.push(result),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    })
}
