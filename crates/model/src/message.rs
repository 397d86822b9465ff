//! What goes between a messenger and a conversation, in one shape for every messenger.
//!
//! A provider turns what its messenger says into an [`InboundEvent`] and an [`Envelope`] into what its messenger
//! understands; whatever lies between the two knows nothing of messengers. Identifiers of messengers are text, because
//! some are numbers too large for a browser. What is read from storage is read tolerantly: every field beyond the ones
//! that say what it is may be missing, fields that are not known are passed over, and a kind that is not known becomes
//! the kind that says so.

mod delivery;
mod inbound;
mod outbound;
mod part;

pub use delivery::{DeliveryState, DeliveryStatus, ErrorClass, ProviderError};
pub use inbound::{EventKey, Inbound, InboundEvent, InboundKind, Peer, Thread, ThreadKind};
pub use outbound::{Button, ButtonAction, ChatAction, Envelope, Layout, Outbound};
pub use part::{FileRef, Part};
