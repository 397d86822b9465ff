//! The database: entities, repositories, keyset paging, transactions and the sealing of secrets.
//!
//! The only place with queries. Repositories are modules of free functions that take a [`Connection`]: the
//! [`Reader`] of a [`Store`] or a writing [`Tx`]. Nothing here knows who may do what, or HTTP.

pub mod arrivals;
pub mod audit;
pub mod conversations;
pub mod deliveries;
pub mod departures;
mod entity;
mod error;
pub mod flow_calls;
pub mod flows;
mod folding;
pub mod gateways;
pub mod health;
mod key_ring;
pub mod leases;
pub mod media;
pub mod meta_accounts;
pub mod meta_sign_ins;
mod paging;
pub mod roles;
mod row;
mod rows;
pub mod secrets;
pub mod sessions;
pub mod sign_in_failures;
mod sql;
mod store;
#[cfg(feature = "test-support")]
pub mod testing;
pub mod users;

pub use error::{Error, Unique};
pub use folding::fold;
pub use key_ring::{KeyRing, KeyRingError, SealError};
pub use store::{Connection, Options, Reader, Store, Tx};
