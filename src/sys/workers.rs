//! Work on several processors.
//!
//! Input: what each worker does. Output: what each has made. Holds: it is done when all workers are; where the system
//! has no threads, or gives no more, the caller does all of it.

use alloc::vec::Vec;

/// How many workers are worth it for so many pieces of work that read so many bytes: one for each `bytes_a_worker`, as
/// far as there are pieces and processors.
pub(crate) fn count(pieces: usize, bytes: usize, bytes_a_worker: usize) -> usize {
    processors()
        .min(1 + bytes / bytes_a_worker)
        .min(pieces.max(1))
}

/// How many threads can run at once, as far as the system says.
fn processors() -> usize {
    #[cfg(feature = "std")]
    return std::thread::available_parallelism().map_or(1, usize::from);
    #[cfg(not(feature = "std"))]
    return 1;
}

/// Lets `count` workers, of which the caller is one, do `work`, and gives what each of them has made.
#[cfg(feature = "std")]
pub(crate) fn run<T: Send>(count: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    if count <= 1 {
        return alloc::vec![work()];
    }
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

/// Does `work` once: there are no threads.
#[cfg(not(feature = "std"))]
pub(crate) fn run<T: Send>(_: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    alloc::vec![work()]
}
