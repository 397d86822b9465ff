//! The messengers, played on this machine.
//!
//! One server on a loopback port is Telegram's Bot API, Viber, Meta's Graph API, Infobip and the customers' endpoints of
//! Custom gateways. It takes the calls that a gateway makes, as strictly as the messenger would, and it calls the gateway
//! as the messenger would: signed, repeated when it is not answered, in order. A test sits on its other side: it plays the
//! peers ([`Peer`]), makes calls fail ([`Fault`]), revokes tokens, forges signatures, and reads what was said ([`Entry`]).
//! The same can be done over HTTP, under `/__ctl`, `/__faults` and `/__journal`.
//!
//! It is faithful where a gateway can tell the difference, and nowhere else. It keeps everything in memory, shows every
//! secret that it was given, and must never stand where others can reach it. It knows nothing of the product: both sides
//! are written from what the messengers document, so a mistake of one side shows on the other.

mod act;
mod answer;
mod args;
mod chance;
mod chat;
mod clock;
mod control;
mod fault;
mod files;
mod gate;
mod journal;
mod lanes;
mod options;
mod outgoing;
mod peer;
mod provider;
mod push;
mod seal;
mod seen;
mod server;
mod sign;
mod standins;
mod text;
mod world;

pub mod customer;
pub mod demo;
pub mod graph;
pub mod infobip;
pub mod telegram;
pub mod viber;

pub use act::{Act, Upload};
pub use chat::Profile;
pub use fault::Fault;
pub use journal::{Direction, Entry, Missed, Totals};
pub use options::Options;
pub use outgoing::{Answer, Unanswered};
pub use peer::{Cannot, Peer};
pub use provider::Provider;
pub use seal::Seal;
pub use seen::{Button, Press, Seen, SeenFile};
pub use standins::Standins;
