//! A measurement that fails ends the run: there is nobody to tell but the person who started it.

/// What went wrong, in words.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// A result or a [`Failure`].
pub type Fallible<T> = Result<T, Failure>;
