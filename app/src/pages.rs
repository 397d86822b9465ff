//! One module for each page.

pub mod add;
pub mod errors;
pub mod flow_card;
pub mod gateway_card;
pub mod lazy;
pub mod password;
pub mod redirect;
pub mod registries;
pub mod role_card;
pub mod sign_in;
pub mod user_card;
