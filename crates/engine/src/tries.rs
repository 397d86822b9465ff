//! Trying a flow schema without a messenger: its program, saved or not, runs in the real interpreter, step by step.
//!
//! A run lives in the memory of this server alone and belongs to the user who began it. It is forgotten 30 minutes after
//! it was last used, or when there is no more room. Nothing is sent to anybody; calls over HTTP are made only when the
//! user, who may change flow schemas, has switched them on, and through the same guarded client as always. Programs run on
//! threads of their own, few at a time and one for each user, so that a slow script is in nobody else's way.

mod act;
mod call;
mod error;
mod input;
mod journal;
mod load;
mod run;
mod shelf;
mod start;

pub use act::{leave, send, skip_wait, stop, tick};
pub(crate) use call::{hear, outgoing};
pub use error::TryError;
pub use shelf::Tries;
pub use start::{Started, start};
pub(crate) use start::{uuid, uuid_of};

use crate::Context;

/// Forgets the runs that nobody has used for 30 minutes. To be called now and then.
pub fn sweep(cx: &Context) {
    cx.tries.sweep(cx.now());
}
