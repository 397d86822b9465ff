//! What both binaries share: the measurement of flow schemas, which runs without a database and without a server.

pub mod failure;
pub mod flows;
pub mod latencies;
pub mod scale;
