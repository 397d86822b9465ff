//! What Facebook pages and Instagram accounts have in common: the events of a conversation, and how one answers.

mod attachment;
mod event;
mod plan;
mod read;
mod send;

pub(super) use plan::{Rules, plan};
pub(super) use read::read;
#[cfg(test)]
pub(super) use send::body;
pub(super) use send::{act, send};
