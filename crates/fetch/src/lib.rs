//! The one client for every address that a user can give.
//!
//! Whoever writes a flow chooses what this server calls, and the server stands where they don't: beside its database, in
//! its cloud, behind its firewall. So a call goes to the public internet or to what the operator has named, and nowhere
//! else. The address is checked after the name was looked up and before a connection is made, the connection is made to
//! the very addresses that were checked, and its other end is checked again before anything is sent. There are no
//! redirects and no proxies, and time, headers and body are limited, the body before and after decompression.
//!
//! It must not know flows, gateways or where its configuration comes from.

mod body;
mod client;
mod connect;
mod failure;
mod guard;
mod request;
mod resolve;
mod special;
mod tls;

pub use client::{Answer, Builder, Client, Limits};
pub use failure::Failure;
pub use guard::{Guard, InvalidEntry};
pub use request::Request;
pub use resolve::{Resolve, SystemResolver};
pub use special::special;
