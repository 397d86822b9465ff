//! Customers of Custom gateways.

mod legacy;
mod standard;
