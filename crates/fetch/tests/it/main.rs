//! The guarded client over real sockets.
#![expect(clippy::unwrap_used, reason = "a test ends where its assumption is wrong")]

mod answers;
mod bombs;
mod guarding;
mod hostile;
mod notations;
mod slow;
mod stand_in;
mod tls;
