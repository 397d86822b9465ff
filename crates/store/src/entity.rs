//! The tables as they are today, one entity each.

pub(crate) mod audit;
pub(crate) mod flow;
pub(crate) mod flow_program;
pub(crate) mod gateway;
pub(crate) mod grant;
pub(crate) mod role;
pub(crate) mod secret;
pub(crate) mod session;
pub(crate) mod sign_in_failure;
pub(crate) mod user;
pub(crate) mod user_role;
