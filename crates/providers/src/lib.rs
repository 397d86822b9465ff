//! Messengers: a folder each, behind one trait.
//!
//! A [`Provider`] turns what its messenger sends into [`model::message::InboundEvent`]s, and what a conversation says into
//! calls that its messenger understands. It checks that what comes is genuine before it looks at it, and it knows how a
//! gateway is announced at its messenger, taken off, and looked after. Everything it needs about a gateway is in an
//! [`Account`]; everything it calls goes through a [`Wire`], which keeps what was said without secrets.
//!
//! It must not know the database, flow schemas or conversations.

mod account;
mod custom;
mod cutting;
mod door;
mod download;
mod draft;
mod infobip;
mod lenient;
#[cfg(test)]
mod listener;
mod media;
pub mod messenger;
mod pace;
mod plan;
mod provider;
mod reading;
mod registration;
mod shape;
pub mod signature;
mod state;
mod surrogates;
mod telegram_bot;
#[cfg(test)]
mod testing;
mod viber;
mod wire;

pub use account::{Account, Endpoints, MetaAccount};
pub use custom::Custom;
pub use door::{Heard, Incoming, Refusal, Reply, Unreadable};
pub use infobip::Infobip;
pub use messenger::Messenger;
pub use model::MetaKind;
pub use pace::{Limits, Pace};
pub use plan::{Choice, Piece, Plan};
pub use provider::{Provider, Sent};
pub use state::{ConnectError, Connected, Mode, Polled, Probe, Registration};
pub use surrogates::whole_characters;
pub use telegram_bot::TelegramBot;
pub use viber::Viber;
pub use wire::{Answer, Call, Carried, Exchange, Wire};

/// The provider of a kind of gateway; none for a kind that connects in another way.
#[must_use]
pub fn provider(kind: model::Provider) -> Option<&'static dyn Provider> {
    match kind {
        model::Provider::TelegramBot => Some(&TelegramBot),
        model::Provider::Infobip => Some(&Infobip),
        model::Provider::Messenger => Some(&Messenger),
        model::Provider::Viber => Some(&Viber),
        model::Provider::Custom => Some(&Custom),
        model::Provider::TelegramApp | model::Provider::WebChat => None,
    }
}
