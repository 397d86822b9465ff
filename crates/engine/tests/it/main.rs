//! The engine's rules on real databases, SQLite and PostgreSQL alike.
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

mod changes;
mod declare;
mod flows;
mod gateways;
mod media;
mod people;
mod sessions;
mod stage;
mod tries;
