//! Gateways with their messengers, whole: a peer writes at a stand-in, the product's server hears it over HTTP, runs the
//! flow and answers over HTTP.
//!
//! What every messenger's gateway promises is in `contract`, written once; each messenger's file says only what is its own.
#![expect(clippy::unwrap_used, reason = "a test ends where its assumption is wrong")]

mod accounts;
mod attacks;
mod away;
mod bad_days;
mod contract;
mod coverage;
mod custom;
mod infobip;
mod instagram;
mod knock;
mod messenger;
mod meta;
mod stage;
mod support;
mod telegram_bot;
mod viber;
mod whatsapp;
