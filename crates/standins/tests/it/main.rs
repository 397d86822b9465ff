//! The stand-ins over real HTTP, called by the product's own client.
#![expect(clippy::unwrap_used, reason = "a test ends where its assumption is wrong")]

mod control;
mod customer;
mod faults;
mod graph;
mod infobip;
mod support;
mod telegram;
mod viber;
