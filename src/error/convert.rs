//! Conversions into [`Error`].
//!
//! Input: errors of the standard library, and results and options with a context.
//! Holds: [`Error`] is itself a standard error, so one conversion for all errors cannot exist; the
//! usual ones are listed, and [`Error::new`] and [`Context`] take any.

use alloc::boxed::Box;
use core::fmt;

use super::{Error, Result};

macro_rules! from_host_errors {
    ($($(#[$attribute:meta])* $error:ty,)*) => {
        $(
            $(#[$attribute])*
            impl From<$error> for Error {
                #[cold]
                fn from(error: $error) -> Error {
                    Error::new(error)
                }
            }
        )*
    };
}

from_host_errors! {
    fmt::Error,
    core::str::Utf8Error,
    core::num::ParseIntError,
    core::num::ParseFloatError,
    core::num::TryFromIntError,
    core::array::TryFromSliceError,
    alloc::string::FromUtf8Error,
    alloc::collections::TryReserveError,
}

impl From<Box<dyn core::error::Error + Send + Sync>> for Error {
    #[cold]
    fn from(error: Box<dyn core::error::Error + Send + Sync>) -> Error {
        Error::host(error)
    }
}

#[cfg(feature = "std")]
impl From<std::io::Error> for Error {
    #[cold]
    fn from(error: std::io::Error) -> Error {
        Error::io(error)
    }
}

/// Adds a context to the error of a [`Result`], or turns a missing value into an error.
///
/// It is not at the root of the crate, so that `use wazir::*` does not get in the way of a trait of the same name from
/// another crate.
///
/// ```
/// use wazir::error::Context;
/// let number = "7x".parse::<u32>().context("the port is not a number");
/// assert_eq!(format!("{:#}", number.unwrap_err()), "the port is not a number: invalid digit found in string");
/// assert_eq!(None::<u32>.context("no port given").unwrap_err().to_string(), "no port given");
/// ```
pub trait Context<T> {
    /// Adds `context`: see [`Error::context`].
    ///
    /// # Errors
    /// The error with the context, if there is one.
    fn context<C: fmt::Display + Send + Sync + 'static>(self, context: C) -> Result<T>;

    /// Adds the context that `context` makes, which is called only if there is an error.
    ///
    /// # Errors
    /// The error with the context, if there is one.
    fn with_context<C: fmt::Display + Send + Sync + 'static>(
        self,
        context: impl FnOnce() -> C,
    ) -> Result<T>;
}

impl<T, E: core::error::Error + Send + Sync + 'static> Context<T> for core::result::Result<T, E> {
    fn context<C: fmt::Display + Send + Sync + 'static>(self, context: C) -> Result<T> {
        self.map_err(|error| Error::new(error).context(context))
    }

    fn with_context<C: fmt::Display + Send + Sync + 'static>(
        self,
        context: impl FnOnce() -> C,
    ) -> Result<T> {
        self.map_err(|error| Error::new(error).context(context()))
    }
}

impl<T> Context<T> for Option<T> {
    fn context<C: fmt::Display + Send + Sync + 'static>(self, context: C) -> Result<T> {
        self.ok_or_else(|| Error::msg(context))
    }

    fn with_context<C: fmt::Display + Send + Sync + 'static>(
        self,
        context: impl FnOnce() -> C,
    ) -> Result<T> {
        self.ok_or_else(|| Error::msg(context()))
    }
}
