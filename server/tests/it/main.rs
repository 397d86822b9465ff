//! The server from outside: real HTTP, on SQLite and PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test ends where its assumption is wrong")]

mod access;
mod apply;
mod bad_input;
mod events;
mod exports;
mod files;
mod flow_files;
mod forms;
mod headers;
mod keys;
mod media;
mod metrics;
mod origin;
mod pages;
mod process;
mod secrets;
mod sessions;
mod sign_in;
mod support;
mod tries;
