//! Work on several processors.
//!
//! Input: what each worker does. Output: what each has made. Holds: what [`run`] does is done when all workers are;
//! where the system has no threads, or gives no more, the caller does all of it. What is done behind the caller's back,
//! see [`start`], nobody waits for.

#[cfg(feature = "std")]
use super::sync::Once;
use alloc::vec::Vec;

/// How many workers are worth it for so many pieces of work that read so many bytes: one for each `bytes_a_worker`, as
/// far as there are pieces and processors.
pub(crate) fn count(pieces: usize, bytes: usize, bytes_a_worker: usize) -> usize {
    let worth = (1 + bytes / bytes_a_worker).min(pieces);
    match worth > 1 {
        true => processors().min(worth),
        // Asking the system takes longer than what is to be done.
        false => 1,
    }
}

/// How many threads can run at once, as far as the system says. It is asked once.
pub(crate) fn processors() -> usize {
    #[cfg(feature = "std")]
    {
        static ANSWER: Once<usize> = Once::new();
        *ANSWER.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
    }
    #[cfg(not(feature = "std"))]
    1
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

/// Lets a thread of its own do `work`, for which nobody waits, not even the end of the process. False if there is no
/// thread for it.
#[cfg(feature = "compiler")]
pub(crate) fn start(name: &str, work: impl FnOnce() + Send + 'static) -> bool {
    let thread = std::thread::Builder::new().name(name.into());
    thread.spawn(work).is_ok()
}
