//! The tab Deliveries: what came in through the gateway and went out.
//!
//! No part of the form: what is typed on the other tabs stays as it is. One entry has an address of its own.

mod address;
mod again;
mod entry;
mod exchange;
mod filters;
mod message;
mod result;
mod row;
mod said;

use super::live::Live;
use crate::{
    api::list_deliveries,
    components::feed::{Feed, Instead, Newer, PageLinks, Portion, Refresh, Source},
    error::AppError,
};
use again::RetryAll;
use entry::EntryPage;
use filters::{ResultFilter, ThreadFilter, WayFilter};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{DeliveryPage, DeliveryQuery, DeliveryRow, GatewayId};
use row::LogTable;

/// The log of one gateway.
#[derive(Clone, Copy)]
pub(super) struct Log(GatewayId);

impl Source for Log {
    type Query = DeliveryQuery;
    type Row = DeliveryRow;

    fn id(row: &DeliveryRow) -> i64 {
        row.id.0
    }

    fn is_newest(query: &DeliveryQuery) -> bool {
        query.before.is_empty()
    }

    fn read(
        self,
        query: DeliveryQuery,
    ) -> impl Future<Output = Result<Portion<DeliveryRow>, AppError>> + Send + 'static {
        let gateway = self.0;
        async move { list_deliveries(gateway, query).await.map(portion) }
    }
}

fn portion(page: DeliveryPage) -> Portion<DeliveryRow> {
    Portion {
        rows: page.rows,
        older: page.next.map(|id| id.0),
        count: page.trouble,
    }
}

/// The address of the log of one peer's thread.
pub(super) fn log_of_thread(id: GatewayId, thread: String) -> String {
    let query = DeliveryQuery {
        thread,
        ..DeliveryQuery::default()
    };
    address::log(id, &query)
}

/// The log, or the entry that the address names.
#[component]
pub(super) fn Deliveries(
    /// What is observed of the gateway.
    live: Live,
    /// The entry that the address names.
    entry: Memo<Option<String>>,
) -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(address::read));
    move || match entry.get() {
        Some(named) => view! { <EntryPage id=live.id named query/> }.into_any(),
        None => view! { <LogPage live query/> }.into_any(),
    }
}

/// The newest entries, or those that the address asks for.
#[component]
fn LogPage(live: Live, query: Memo<DeliveryQuery>) -> impl IntoView {
    let asked = query.get_untracked();
    let first = Resource::new(|| (), {
        let asked = asked.clone();
        move |()| list_deliveries(live.id, asked.clone())
    });
    let asked = StoredValue::new(asked);
    let show = move || {
        Suspend::new(async move {
            let answer = first.await.map(portion);
            let feed = Feed::new(Log(live.id), query, asked.get_value(), answer);
            view! { <LoadedLog feed live/> }
        })
    };
    view! { <Suspense fallback=|| view! { <p class="feed-loading" aria-busy="true">"Loading…"</p> }>{show}</Suspense> }
}

#[component]
fn LoadedLog(feed: Feed<Log>, live: Live) -> impl IntoView {
    let id = live.id;
    let query = feed.query;
    // What is counted here is counted on the tab as well.
    Effect::new(move || {
        if feed.problem.with(Option::is_none) {
            live.count(feed.count.get());
        }
    });
    let page = Callback::new(move |older: Option<i64>| {
        let before = older.map(|id| id.to_string()).unwrap_or_default();
        query.with(|query| {
            address::log(
                id,
                &DeliveryQuery {
                    before,
                    ..query.clone()
                },
            )
        })
    });
    let narrowed = Memo::new(move |_| {
        query.with(|query| !query.way.is_empty() || !query.result.is_empty() || !query.thread.is_empty())
    });
    view! {
        <section class="feed-panel" aria-label="Deliveries">
            <div class="feed-tools">
                <WayFilter id query/>
                <ResultFilter id query/>
                <ThreadFilter id query/>
                <span class="toolbar-space"></span>
                <Newer feed names=("entry", "entries")/>
                <RetryAll feed id/>
                <Refresh feed form="feed-form"/>
            </div>
            <Show
                when=move || feed.has_rows()
                fallback=move || view! {
                    <Instead
                        feed
                        narrowed
                        title="Nothing came or went yet"
                        text="Each message of a peer and each answer of the flow schema will stand here."
                        all=address::log(id, &DeliveryQuery::default())
                    />
                }
            >
                <LogTable feed id/>
            </Show>
            <PageLinks feed address=page/>
        </section>
    }
}
