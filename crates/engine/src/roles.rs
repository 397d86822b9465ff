//! Roles: what can be done with them.
//!
//! Nobody grants what they don't have themselves; the built-in roles stay as they are.

mod read;
mod remove;
mod save;

pub use read::{get, list, propose};
pub use remove::remove;
pub use save::{create, update};
