//! Flow schemas: what can be done with them.

mod read;
mod remove;
mod save;

pub use read::{choices, get, list, propose};
pub use remove::remove;
pub use save::{create, update};
