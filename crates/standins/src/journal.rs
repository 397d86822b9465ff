//! The journal: every request that came, and every call that was made, with its answer.

mod entry;
mod ring;

pub use entry::{Direction, Entry};
pub(crate) use ring::Journals;
pub use ring::{Missed, Totals};

pub(crate) use entry::{copied, head};
