//! The functions behind single nodes.

pub mod answer;
pub mod classifier;
pub mod math;
pub mod request;
pub mod text;
