//! Every action of the product, once: rules, permissions, the record of who did what.
//!
//! An action takes the [`Context`] and the [`access::Actor`] who asks, decides whether they may, applies the rule and
//! writes its audit line in the same transaction as its effect. Nothing here knows HTTP or pages.

pub mod access;
mod audit;
mod changes;
mod clock;
mod context;
pub mod conversations;
pub mod declare;
pub mod deliveries;
mod error;
pub mod flows;
pub mod gateways;
pub mod media;
pub mod meters;
mod password;
pub mod pipeline;
pub mod reconciler;
mod removal;
mod request_id;
mod rng;
pub mod roles;
pub mod sessions;
pub mod setup;
mod time_zone;
pub mod tries;
pub mod users;

pub use changes::{Changes, Listener};
pub use clock::{Clock, SystemClock};
pub use context::{Context, MediaPolicy, Policy};
pub use error::{Conflict, GetError, ListError, RemoveError, SaveError};
pub use request_id::RequestId;
pub use rng::{Rng, SystemRng};
pub use store::Error as StoreError;
pub use time_zone::time_zone;
