//! Flow schemas: what can be done with them.

mod check;
mod difference;
mod export;
mod programs;
mod read;
mod remove;
mod save;

pub use check::check;
pub(crate) use check::{Checked, look_over};
pub use difference::difference;
pub use export::export;
pub use programs::{ProgramError, program, programs};
pub use read::{choices, get, list, propose};
pub use remove::remove;
pub(crate) use save::{change, differences, insert};
pub use save::{create, update};
