//! The crate's error, and [`Context`], which adds to it what was being done.
//!
//! Input: a trap, a message with its kind, or any error of the host. Output: [`Error`].
//! Holds: an [`Error`] is as large as a pointer, and one for a trap does not allocate.

mod backtrace;
mod convert;
mod macros;
mod unwind;

use alloc::boxed::Box;
use alloc::string::String;
use core::any::Any;
use core::fmt;
use core::ptr::NonNull;

use crate::wasm::trap::Trap;

pub use backtrace::{FrameInfo, WasmBacktrace};
pub use convert::Context;
pub(crate) use unwind::catch_panic;

/// What the functions of this crate return: a value or an [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// Any error of this crate: a module that is not valid, a failed link, a trap of the guest, or an
/// error that a host function returned.
///
/// [`Error::kind`] tells them apart. `{}` prints what went wrong; `{:#}` adds the causes in one
/// line; `{:?}` prints all of it with the guest's backtrace, which suits `fn main() ->
/// wazir::Result<()>`.
///
/// It has the size of a pointer, and making one from a [`Trap`] does not allocate.
///
/// # Other errors and `?`
///
/// As `Error` is a standard error itself, `?` turns it into other crates' errors, and the usual
/// errors of the standard library into an `Error`. For a type of your own say how:
/// [`Error::new`], or a [context](Context). The closure of a host function needs neither: it may
/// return any error, which the embedder gets back with [`Error::downcast`].
///
/// ```
/// use wazir::error::Context;
/// use wazir::{Error, Result};
/// # #[derive(Debug)]
/// struct OutOfPaper;
/// # impl std::fmt::Display for OutOfPaper {
/// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
/// #         f.write_str("out of paper")
/// #     }
/// # }
/// # impl std::error::Error for OutOfPaper {}
/// fn print() -> Result<(), OutOfPaper> {
///     Err(OutOfPaper)
/// }
/// fn print_pages(pages: &str) -> Result<()> {
///     for _ in 0..pages.parse::<u32>()? {
///         print().map_err(Error::new)?; // or: print().context("printing")?
///     }
///     Ok(())
/// }
/// # let _ = print().context("printing");
/// assert!(print_pages("2").unwrap_err().is::<OutOfPaper>());
/// ```
///
/// # Messages
///
/// ```
/// use wazir::{Error, ErrorKind, Trap};
/// let error = Error::from(Trap::OutOfFuel).context("the plugin took too long");
/// assert_eq!(error.kind(), ErrorKind::Trap);
/// assert_eq!(error.trap(), Some(Trap::OutOfFuel));
/// assert_eq!(error.to_string(), "the plugin took too long");
/// assert_eq!(format!("{error:#}"), "the plugin took too long: the guest trapped: out of fuel");
/// ```
pub struct Error {
    /// The address of a [`Details`] from `Box::into_raw`, which is even; or, for a trap without
    /// anything else, its number times two plus one, which is odd.
    repr: NonNull<Details>,
}

// SAFETY: an `Error` owns its `Details` as a `Box` would, and `Details` is `Send` (asserted below).
unsafe impl Send for Error {}
// SAFETY: a shared `Error` gives out shared references to its `Details` only, and `Details` is
// `Sync` (asserted below).
unsafe impl Sync for Error {}

// A caller that sees an error after a panic sees a whole one: it is changed by moves only.
impl core::panic::UnwindSafe for Error {}
impl core::panic::RefUnwindSafe for Error {}

const _: () = {
    const fn assert_send_and_sync<T: Send + Sync>() {}
    assert_send_and_sync::<Details>();
    assert!(
        size_of::<Error>() == size_of::<usize>()
            && size_of::<Option<Error>>() == size_of::<usize>()
    );
    assert!(
        align_of::<Details>() >= 2,
        "the lowest bit of the address tells a trap"
    );
};

/// What an [`Error`] is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are not a WebAssembly module (specification, chapter 5), or a damaged compiled one.
    Malformed,
    /// The module breaks a validation rule (specification, chapter 3).
    Invalid,
    /// The module needs something that is switched off, or that wazir does not have.
    Unsupported,
    /// An import or export is missing or has another type than expected.
    Link,
    /// The guest trapped: see [`Error::trap`].
    Trap,
    /// The guest asked to exit: see [`Error::exit_code`].
    Exit,
    /// An error of the embedder: one that a host function returned, or a wrong use of this crate,
    /// such as an argument of the wrong type.
    Host,
    /// A limit was reached or there is no memory.
    Resource,
    /// The operating system failed to read or write.
    Io,
}

/// The guest's exit, as an error: its exit code. [`Error::exit`] makes one, and so does returning it from a host
/// function.
///
/// ```
/// use wazir::Error;
/// use wazir::error::I32Exit;
/// assert_eq!(Error::exit(3).downcast_ref(), Some(&I32Exit(3)));
/// assert_eq!(Error::new(I32Exit(3)).exit_code(), Some(3));
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct I32Exit(pub i32);

impl fmt::Display for I32Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the program exited with code {}", self.0)
    }
}

impl core::error::Error for I32Exit {}

/// What an [`Error`] points to.
struct Details {
    cause: Cause,
    backtrace: Option<WasmBacktrace>,
}

enum Cause {
    Trap(Trap),
    Exit(I32Exit),
    Message {
        kind: ErrorKind,
        offset: Option<usize>,
        /// The part of the module that the offset is in, if that is worth telling.
        place: String,
        message: String,
    },
    Other {
        kind: ErrorKind,
        error: Box<dyn core::error::Error + Send + Sync>,
    },
    Context {
        context: Box<dyn ContextValue>,
        source: Error,
    },
    /// A panic of a host function on its way to the embedder. The lock makes the payload `Sync`.
    #[cfg(feature = "std")]
    Panic(std::sync::Mutex<Box<dyn Any + Send>>),
}

/// A value given to [`Error::context`].
trait ContextValue: fmt::Display + Send + Sync {
    fn as_any(&self) -> &dyn Any;
}

impl<C: fmt::Display + Send + Sync + 'static> ContextValue for C {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// An [`Error`] taken apart.
enum View<'a> {
    Trap(&'static Trap),
    Details(&'a Details),
}

impl Error {
    /// An error of the host. Its kind is [`ErrorKind::Host`], except that a [`Trap`] becomes that
    /// trap, an [`I32Exit`] that exit, and an [`Error`] stays as it is.
    ///
    /// ```
    /// use wazir::{Error, ErrorKind};
    /// let error = Error::new(std::fmt::Error);
    /// assert_eq!(error.kind(), ErrorKind::Host);
    /// assert!(error.is::<std::fmt::Error>());
    /// ```
    #[cold]
    pub fn new<E: core::error::Error + Send + Sync + 'static>(error: E) -> Error {
        Error::host(Box::new(error))
    }

    /// An error of the host that is only a message. Its kind is [`ErrorKind::Host`].
    ///
    /// ```
    /// assert_eq!(wazir::Error::msg("no such user").to_string(), "no such user");
    /// ```
    #[cold]
    pub fn msg<M: fmt::Display>(message: M) -> Error {
        Error::message(ErrorKind::Host, None, alloc::format!("{message}"))
    }

    /// The guest asks to exit with `code`. A host function returns it to end the guest's run; the
    /// embedder finds the code with [`Error::exit_code`].
    ///
    /// ```
    /// use wazir::{Error, ErrorKind};
    /// let error = Error::exit(3);
    /// assert_eq!((error.kind(), error.exit_code()), (ErrorKind::Exit, Some(3)));
    /// ```
    #[cold]
    pub fn exit(code: i32) -> Error {
        Error::from_cause(Cause::Exit(I32Exit(code)))
    }

    /// An error of the host in a box: [`Error::new`] for a type that is not known.
    #[cold]
    pub fn from_boxed(error: Box<dyn core::error::Error + Send + Sync>) -> Error {
        Error::host(error)
    }

    /// Says more about what failed. The message is what `{}` prints then; kind, trap and everything
    /// else stay.
    ///
    /// ```
    /// use wazir::{Error, Trap};
    /// let error = Error::from(Trap::StackOverflow).context("while running the filter");
    /// assert_eq!(format!("{error:#}"), "while running the filter: the guest trapped: call stack exhausted");
    /// ```
    #[cold]
    #[must_use]
    pub fn context<C: fmt::Display + Send + Sync + 'static>(self, context: C) -> Error {
        Error::from_cause(Cause::Context {
            context: Box::new(context),
            source: self,
        })
    }

    /// What the error is about.
    pub fn kind(&self) -> ErrorKind {
        match self.innermost().view() {
            View::Trap(_) => ErrorKind::Trap,
            View::Details(details) => match &details.cause {
                Cause::Trap(_) => ErrorKind::Trap,
                Cause::Exit(_) => ErrorKind::Exit,
                Cause::Message { kind, .. } | Cause::Other { kind, .. } => *kind,
                _ => ErrorKind::Host,
            },
        }
    }

    /// The guest's trap, if the error is one.
    pub fn trap(&self) -> Option<Trap> {
        match self.innermost().view() {
            View::Trap(trap)
            | View::Details(Details {
                cause: Cause::Trap(trap),
                ..
            }) => Some(*trap),
            View::Details(_) => None,
        }
    }

    /// The code that the guest exits with, if it asked to exit.
    pub fn exit_code(&self) -> Option<i32> {
        match self.innermost().view() {
            View::Details(Details {
                cause: Cause::Exit(I32Exit(code)),
                ..
            }) => Some(*code),
            _ => None,
        }
    }

    /// Where in the module's bytes the error is, for malformed, invalid and unsupported modules.
    pub fn offset(&self) -> Option<usize> {
        match self.innermost().view() {
            View::Details(Details {
                cause: Cause::Message { offset, .. },
                ..
            }) => *offset,
            _ => None,
        }
    }

    /// Where the guest was, if it was running and the engine recorded it
    /// (see [`Config::wasm_backtrace`](crate::Config::wasm_backtrace)).
    pub fn backtrace(&self) -> Option<&WasmBacktrace> {
        let mut error = self;
        loop {
            let View::Details(details) = error.view() else {
                return None;
            };
            match (&details.backtrace, &details.cause) {
                (Some(backtrace), _) => return Some(backtrace),
                (None, Cause::Context { source, .. }) => error = source,
                _ => return None,
            }
        }
    }

    /// Whether there is an `E` among the error and its causes.
    pub fn is<E: core::error::Error + 'static>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// The error or cause of the type `E`: a [`Trap`], the error that a host function returned,
    /// a context, or the [`WasmBacktrace`].
    ///
    /// ```
    /// use wazir::{Error, Trap};
    /// let error = Error::from(Trap::Interrupt);
    /// assert_eq!(error.downcast_ref::<Trap>(), Some(&Trap::Interrupt));
    /// ```
    pub fn downcast_ref<E: core::error::Error + 'static>(&self) -> Option<&E> {
        let mut error = self;
        loop {
            let details = match error.view() {
                View::Trap(trap) => return (trap as &dyn Any).downcast_ref(),
                View::Details(details) => details,
            };
            if let Some(backtrace) = &details.backtrace {
                if let Some(found) = (backtrace as &dyn Any).downcast_ref() {
                    return Some(found);
                }
            }
            match &details.cause {
                Cause::Trap(trap) => return (trap as &dyn Any).downcast_ref(),
                Cause::Exit(exit) => return (exit as &dyn Any).downcast_ref(),
                Cause::Other { error, .. } => return find_in_chain(&**error),
                Cause::Context { context, source } => match context.as_any().downcast_ref() {
                    Some(found) => return Some(found),
                    None => error = source,
                },
                _ => return None,
            }
        }
    }

    /// Takes the error of type `E` out, as a host function returned it.
    ///
    /// # Errors
    /// The error itself, if it is of another type. Only the innermost error can be taken out, not
    /// what it wraps.
    ///
    /// ```
    /// use wazir::Error;
    /// let error = Error::new("x".parse::<i32>().unwrap_err()).context("in the configuration");
    /// let number_error = error.downcast::<std::num::ParseIntError>().unwrap();
    /// assert_eq!(number_error, "x".parse::<i32>().unwrap_err());
    /// ```
    pub fn downcast<E: core::error::Error + Send + Sync + 'static>(self) -> Result<E, Error> {
        let holds = match self.innermost().view() {
            View::Trap(trap) => (trap as &dyn Any).is::<E>(),
            View::Details(details) => match &details.cause {
                Cause::Trap(trap) => (trap as &dyn Any).is::<E>(),
                Cause::Exit(exit) => (exit as &dyn Any).is::<E>(),
                Cause::Other { error, .. } => error.is::<E>(),
                _ => false,
            },
        };
        if !holds {
            return Err(self);
        }
        let mut error = self;
        let boxed: Box<dyn core::error::Error + Send + Sync> = loop {
            match error.into_details() {
                Ok(details) => match details.cause {
                    Cause::Context { source, .. } => error = source,
                    Cause::Other { error, .. } => break error,
                    Cause::Trap(trap) => break Box::new(trap),
                    Cause::Exit(exit) => break Box::new(exit),
                    _ => unreachable!("the innermost error was looked at above"),
                },
                Err(trap) => break Box::new(trap),
            }
        };
        Ok(*boxed.downcast().expect("the type was looked at above"))
    }

    /// The error and its causes, outermost first.
    ///
    /// ```
    /// let error = wazir::Error::msg("inner").context("outer");
    /// let texts: Vec<String> = error.chain().map(|cause| cause.to_string()).collect();
    /// assert_eq!(texts, ["outer", "inner"]);
    /// ```
    pub fn chain(&self) -> impl Iterator<Item = &(dyn core::error::Error + 'static)> {
        let first: &(dyn core::error::Error + 'static) = self;
        core::iter::successors(Some(first), |error| error.source())
    }

    /// The innermost cause.
    pub fn root_cause(&self) -> &(dyn core::error::Error + 'static) {
        self.chain().last().unwrap_or(self)
    }
}

/// What the crate's other parts make errors with.
impl Error {
    /// The bytes are not a module: `offset` says where, in bytes from the module's start.
    #[cold]
    pub(crate) fn malformed(offset: usize, message: impl Into<String>) -> Error {
        Error::message(ErrorKind::Malformed, Some(offset), message.into())
    }

    /// Bytes that are to be something else than a module in the binary format, and are not.
    #[cfg(feature = "compiler")]
    #[cold]
    pub(crate) fn damaged(message: impl Into<String>) -> Error {
        Error::message(ErrorKind::Malformed, None, message.into())
    }

    /// The module breaks a validation rule. The message begins with the words of the newest
    /// specification test suite.
    #[cold]
    pub(crate) fn invalid(offset: usize, message: impl Into<String>) -> Error {
        Error::message(ErrorKind::Invalid, Some(offset), message.into())
    }

    /// The module needs what is switched off or not there.
    #[cold]
    pub(crate) fn unsupported(offset: Option<usize>, message: impl Into<String>) -> Error {
        Error::message(ErrorKind::Unsupported, offset, message.into())
    }

    /// An import or export is missing or has another type.
    #[cold]
    pub(crate) fn link(message: impl Into<String>) -> Error {
        Error::message(ErrorKind::Link, None, message.into())
    }

    /// A limit was reached or there is no memory.
    #[cold]
    pub(crate) fn resource(message: impl Into<String>) -> Error {
        Error::message(ErrorKind::Resource, None, message.into())
    }

    /// An error of the host; a trap and an [`Error`] in the box are what they are.
    #[cold]
    pub(crate) fn host(error: Box<dyn core::error::Error + Send + Sync>) -> Error {
        Error::other(ErrorKind::Host, error)
    }

    /// An error with a type of its own that users can downcast to. A trap, an exit and an [`Error`] in
    /// the box are what they are.
    #[cold]
    pub(crate) fn other(
        kind: ErrorKind,
        error: Box<dyn core::error::Error + Send + Sync>,
    ) -> Error {
        let error = match error.downcast::<Error>() {
            Ok(error) => return *error,
            Err(error) => error,
        };
        let error = match error.downcast::<Trap>() {
            Ok(trap) => return Error::from(*trap),
            Err(error) => error,
        };
        match error.downcast::<I32Exit>() {
            Ok(exit) => Error::from_cause(Cause::Exit(*exit)),
            Err(error) => Error::from_cause(Cause::Other { kind, error }),
        }
    }

    /// The operating system failed.
    #[cfg(feature = "std")]
    #[cold]
    pub(crate) fn io(error: std::io::Error) -> Error {
        Error::from_cause(Cause::Other {
            kind: ErrorKind::Io,
            error: Box::new(error),
        })
    }

    /// A panic of a host function, to be rethrown when the guest's frames are gone.
    #[cfg(feature = "std")]
    #[cold]
    pub(crate) fn panic(payload: Box<dyn Any + Send>) -> Error {
        Error::from_cause(Cause::Panic(std::sync::Mutex::new(payload)))
    }

    /// Continues the panic that the error carries, if it carries one; otherwise returns it.
    #[cold]
    pub(crate) fn rethrow_panic(self) -> Error {
        #[cfg(feature = "std")]
        if let View::Details(Details {
            cause: Cause::Panic(_),
            ..
        }) = self.view()
        {
            if let Ok(Details {
                cause: Cause::Panic(payload),
                ..
            }) = self.into_details()
            {
                std::panic::resume_unwind(
                    payload
                        .into_inner()
                        .unwrap_or_else(|poison| poison.into_inner()),
                );
            }
            unreachable!("the cause was looked at above");
        }
        self
    }

    /// Changes the message, if the error is one that this crate made of a message. All else stays.
    #[cold]
    pub(crate) fn map_message(mut self, change: impl FnOnce(&str) -> String) -> Error {
        if let Some(Cause::Message { message, .. }) = self.cause_mut() {
            *message = change(message);
        }
        self
    }

    /// Says which part of the module the offset is in.
    #[cold]
    pub(crate) fn in_place(mut self, whole: impl fmt::Display) -> Error {
        if let Some(Cause::Message { place, .. }) = self.cause_mut() {
            *place = alloc::format!("{whole}");
        }
        self
    }

    /// Adds where the guest was. If the error knows that already, it adds the callers, unless it knows all of them:
    /// with them there are at most `max_frames`.
    #[cold]
    pub(crate) fn with_backtrace(
        self,
        max_frames: usize,
        backtrace: impl FnOnce() -> WasmBacktrace,
    ) -> Error {
        let is_known = self.backtrace().is_some();
        let details = match self.into_details() {
            Ok(mut details) => {
                match &mut details.backtrace {
                    Some(known) => known.extend(backtrace, max_frames),
                    // The host has added a context to it.
                    None if is_known => {}
                    none => *none = Some(backtrace()),
                }
                details
            }
            Err(trap) => Details {
                cause: Cause::Trap(trap),
                backtrace: Some(backtrace()),
            },
        };
        Error::from_details(details)
    }

    /// Says that the error knows all of the callers, as it leaves for the host.
    #[cold]
    pub(crate) fn with_complete_backtrace(mut self) -> Error {
        if let Some(backtrace) = self
            .details_mut()
            .and_then(|details| details.backtrace.as_mut())
        {
            backtrace.complete();
        }
        self
    }
}

/// The representation.
impl Error {
    fn message(kind: ErrorKind, offset: Option<usize>, message: String) -> Error {
        Error::from_cause(Cause::Message {
            kind,
            offset,
            place: String::new(),
            message,
        })
    }

    fn from_cause(cause: Cause) -> Error {
        Error::from_details(Details {
            cause,
            backtrace: None,
        })
    }

    fn from_details(details: Details) -> Error {
        Error {
            repr: NonNull::from(Box::leak(Box::new(details))),
        }
    }

    fn trap_number(&self) -> Option<usize> {
        let address = self.repr.as_ptr().addr();
        (address & 1 == 1).then_some(address >> 1)
    }

    fn view(&self) -> View<'_> {
        match self.trap_number() {
            Some(number) => View::Trap(&Trap::ALL[number]),
            // SAFETY: the address is even, so it is that of a leaked `Box<Details>`, which is
            // freed only by `into_details` and `Drop`, which need `self` by value or mutably.
            None => View::Details(unsafe { self.repr.as_ref() }),
        }
    }

    fn cause_mut(&mut self) -> Option<&mut Cause> {
        self.details_mut().map(|details| &mut details.cause)
    }

    fn details_mut(&mut self) -> Option<&mut Details> {
        match self.trap_number() {
            Some(_) => None,
            // SAFETY: as in `view`; nobody else uses what a mutable reference to the error owns.
            None => Some(unsafe { self.repr.as_mut() }),
        }
    }

    /// What the error owns, or the trap that is all there is.
    fn into_details(self) -> core::result::Result<Details, Trap> {
        let error = core::mem::ManuallyDrop::new(self);
        match error.trap_number() {
            Some(number) => Err(Trap::ALL[number]),
            // SAFETY: the address is even, so it is that of a leaked `Box<Details>`; `error` is
            // not dropped, so nobody frees it again.
            None => Ok(*unsafe { Box::from_raw(error.repr.as_ptr()) }),
        }
    }

    /// The error below all contexts.
    fn innermost(&self) -> &Error {
        let mut error = self;
        while let View::Details(Details {
            cause: Cause::Context { source, .. },
            ..
        }) = error.view()
        {
            error = source;
        }
        error
    }
}

impl Drop for Error {
    fn drop(&mut self) {
        if self.trap_number().is_none() {
            // SAFETY: the address is even, so it is that of a leaked `Box<Details>`, and nobody
            // uses `self` after this.
            drop(unsafe { Box::from_raw(self.repr.as_ptr()) });
        }
    }
}

impl From<Trap> for Error {
    #[inline]
    fn from(trap: Trap) -> Error {
        let address = core::num::NonZeroUsize::MIN | ((trap as usize) << 1);
        Error {
            repr: NonNull::dangling().with_addr(address),
        }
    }
}

fn find_in_chain<'a, E: core::error::Error + 'static>(
    first: &'a (dyn core::error::Error + 'static),
) -> Option<&'a E> {
    core::iter::successors(Some(first), |error| error.source())
        .find_map(|error| error.downcast_ref())
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self.view() {
            View::Details(Details {
                cause: Cause::Context { source, .. },
                ..
            }) => Some(source),
            View::Details(Details {
                cause: Cause::Other { error, .. },
                ..
            }) => error.source(),
            _ => None,
        }
    }
}

impl Error {
    /// The outermost message alone.
    fn fmt_outermost(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = match self.view() {
            View::Trap(trap) => return write!(f, "the guest trapped: {trap}"),
            View::Details(details) => details,
        };
        match &details.cause {
            Cause::Trap(trap) => write!(f, "the guest trapped: {trap}"),
            Cause::Exit(exit) => write!(f, "{exit}"),
            Cause::Message {
                offset: Some(offset),
                place,
                message,
                ..
            } => match place.as_str() {
                "" => write!(f, "{message} (at offset {offset:#x})"),
                place => write!(f, "{message} (in {place}, at offset {offset:#x})"),
            },
            Cause::Message {
                offset: None,
                message,
                ..
            } => f.write_str(message),
            Cause::Other { error, .. } => write!(f, "{error}"),
            Cause::Context { context, .. } => write!(f, "{context}"),
            #[cfg(feature = "std")]
            Cause::Panic(_) => f.write_str("a host function panicked"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_outermost(f)?;
        if f.alternate() {
            for cause in self.chain().skip(1) {
                write!(f, ": {cause}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_outermost(f)?;
        for (number, cause) in self.chain().skip(1).enumerate() {
            let heading = if number == 0 { "\n\nCaused by:" } else { "" };
            write!(f, "{heading}\n{number:>5}: {cause}")?;
        }
        match self.backtrace() {
            Some(backtrace) if !backtrace.frames().is_empty() => {
                write!(f, "\n\nGuest backtrace:\n{backtrace}")
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
