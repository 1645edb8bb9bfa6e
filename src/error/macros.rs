//! Short ways to make errors of messages.

/// Makes an [`Error`](crate::Error) of a message, as `format!` makes it.
///
/// ```
/// let error = wazir::format_err!("no user {}", 7);
/// assert_eq!(error.to_string(), "no user 7");
/// ```
#[macro_export]
macro_rules! format_err {
    ($($message:tt)+) => {
        $crate::Error::msg(::core::format_args!($($message)+))
    };
}

/// Returns an [`Error`](crate::Error) of a message from the function.
///
/// ```
/// fn check(number: u32) -> wazir::Result<()> {
///     if number == 0 {
///         wazir::bail!("the number must not be {number}");
///     }
///     Ok(())
/// }
/// assert_eq!(check(0).unwrap_err().to_string(), "the number must not be 0");
/// ```
#[macro_export]
macro_rules! bail {
    ($($message:tt)+) => {
        return ::core::result::Result::Err($crate::format_err!($($message)+))
    };
}

/// Returns an [`Error`](crate::Error) of a message from the function, unless a condition holds.
///
/// ```
/// fn check(number: u32) -> wazir::Result<()> {
///     wazir::ensure!(number != 0, "the number must not be {number}");
///     Ok(())
/// }
/// assert!(check(0).is_err() && check(1).is_ok());
/// ```
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            $crate::bail!($($message)+);
        }
    };
}
