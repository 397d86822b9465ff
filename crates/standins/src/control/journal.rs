//! The journal over HTTP.

use super::done;
use crate::{Provider, answer, world::World};
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/__journal", get(read).delete(clear))
        .route("/__totals", get(totals))
}

/// Which entries are asked for.
#[derive(Debug, Deserialize)]
struct Wanted {
    /// All providers, if it is not given.
    provider: Option<Provider>,
    /// Those after this number.
    #[serde(default)]
    since: u64,
    /// The newest of them, so many.
    limit: Option<usize>,
}

async fn read(State(world): State<Arc<World>>, Query(wanted): Query<Wanted>) -> Response {
    let providers = Provider::ALL.into_iter();
    let providers = providers.filter(|provider| wanted.provider.is_none_or(|wanted| wanted == *provider));
    let mut entries: Vec<_> = providers
        .flat_map(|provider| world.journals.after(provider, wanted.since))
        .collect();
    entries.sort_by_key(|entry| entry.number);
    let limit = wanted.limit.unwrap_or(1_000);
    let from = entries.len().saturating_sub(limit);
    let entries: Vec<_> = entries[from..].iter().map(AsRef::as_ref).collect();
    answer::json(200, &entries)
}

async fn clear(State(world): State<Arc<World>>) -> Response {
    world.journals.clear();
    done()
}

async fn totals(State(world): State<Arc<World>>) -> Response {
    let totals: BTreeMap<_, _> = Provider::ALL
        .into_iter()
        .map(|provider| (provider.code(), world.journals.totals(provider)))
        .collect();
    answer::json(200, &totals)
}
