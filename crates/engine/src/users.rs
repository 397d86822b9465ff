//! Users: what can be done with them.
//!
//! Nobody gives or takes rights that they don't have themselves, and the last administrator stays.

mod guard;
mod read;
mod remove;
mod save;
mod set_password;

pub use read::{get, list, propose};
pub use remove::remove;
pub use save::{create, update};
pub use set_password::{ResetPasswordError, reset_password};
