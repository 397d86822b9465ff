//! The pages: what an administrator sees and does.
//!
//! Rendered on the server and taken over in the browser. Everything a page does goes through [`api`]; nothing here
//! knows the database, and no rule lives here.
#![recursion_limit = "256"]
#![expect(
    clippy::must_use_candidate,
    reason = "the view macro calls components and uses what they return"
)]
#![expect(clippy::needless_pass_by_value, reason = "components get their properties by value")]
#![expect(
    clippy::large_types_passed_by_value,
    reason = "a page's state is a bundle of handles, copied into closures"
)]

pub mod api;
pub mod app;
pub mod components;
pub mod error;
pub mod frame;
pub mod pages;
#[cfg(feature = "ssr")]
mod shell;
pub mod theme;

pub use app::App;
pub use pages::lazy::fetch;
#[cfg(feature = "ssr")]
pub use shell::shell;
