//! Everybody that the stand-ins play an account of.

use crate::{Provider, answer, world::World};
use axum::{Router, extract::State, response::Response, routing::get};
use serde::Serialize;
use std::sync::Arc;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new().route("/__ctl/accounts", get(accounts))
}

/// An account of a messenger.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Account {
    pub provider: Provider,
    /// What it is in paths: a token, a page's id, a number, a name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it is, where the provider has several kinds: `Facebook page` …
    pub kind: &'static str,
    /// Where its events go; `getUpdates` for a bot that asks for them, empty if nowhere.
    pub webhook: String,
    /// What a gateway has to be given, by the names of its fields. These are no secrets to whoever plays with them.
    pub connect: Vec<(&'static str, String)>,
    /// The id of somebody who could write to it.
    pub peer: &'static str,
}

async fn accounts(State(world): State<Arc<World>>) -> Response {
    let accounts = [
        world.telegram.accounts(),
        world.viber.accounts(),
        world.graph.accounts(),
        world.infobip.accounts(),
        world.customer.accounts(&world.base),
    ]
    .concat();
    answer::json(200, &accounts)
}
