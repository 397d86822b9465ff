//! The server around the product: configuration, logging, wiring and the HTTP edges.
//!
//! It reads the configuration once, opens what the other crates need, and hands requests to them. It contains no rule of
//! the product and no query.

pub mod apply;
pub mod cli;
pub mod config;
pub mod flow_files;
pub mod http;
pub mod lock;
pub mod meters;
pub mod open;
pub mod password;
pub mod run;
pub mod secret_file;
pub mod shutdown;
pub mod site;
pub mod telemetry;
