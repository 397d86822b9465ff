//! The older contract: `X-Webitel-Sign` over the body alone, one text or file in a message.
//!
//! It is for systems that can't be changed. Its signature covers neither time nor id: whoever overhears a request can send
//! it again. So messages are told apart by their id or, without one, by their whole body; a repeated end of a chat changes
//! nothing that the first one has not.

mod incoming;
mod outgoing;

pub(super) use incoming::{parse, verify};
pub(super) use outgoing::{close, plan, send};
