//! Gateways with their messengers, whole: a peer writes at a stand-in, the product's server hears it over HTTP, runs the
//! flow and answers over HTTP.

mod support;
mod telegram_bot;
