//! The tab Conversations: who talks with the flow schema, and where it stands.

mod address;
mod end;
mod one;
mod row;

use crate::{
    api::list_conversations,
    components::{
        feed::{Feed, Instead, Newer, PageLinks, Portion, Refresh, Source},
        form::card::shown_count,
    },
    error::AppError,
};
use address::Query;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ConversationPage, ConversationRow, GatewayId};
use one::OnePage;
use row::ConversationTable;

/// The conversations of one gateway.
#[derive(Clone, Copy)]
pub(super) struct Talks(GatewayId);

impl Source for Talks {
    type Query = Query;
    type Row = ConversationRow;

    fn id(row: &ConversationRow) -> i64 {
        row.id.0
    }

    fn is_newest(query: &Query) -> bool {
        query.before.is_none()
    }

    fn read(self, query: Query) -> impl Future<Output = Result<Portion<ConversationRow>, AppError>> + Send + 'static {
        read(self.0, query)
    }
}

async fn read(gateway: GatewayId, query: Query) -> Result<Portion<ConversationRow>, AppError> {
    let page = list_conversations(gateway, query.only_running, query.before).await?;
    Ok(portion(page))
}

fn portion(page: ConversationPage) -> Portion<ConversationRow> {
    Portion {
        rows: page.rows,
        older: page.next.map(|id| id.0),
        count: page.running,
    }
}

/// The list, or the conversation that the address names.
#[component]
pub(super) fn Conversations(
    /// The saved gateway.
    id: GatewayId,
    /// The conversation that the address names.
    entry: Memo<Option<String>>,
) -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(address::read));
    move || match entry.get() {
        Some(named) => view! { <OnePage id named query/> }.into_any(),
        None => view! { <ListPage id query/> }.into_any(),
    }
}

/// The newest conversations, or those that the address asks for.
#[component]
fn ListPage(id: GatewayId, query: Memo<Query>) -> impl IntoView {
    let asked = query.get_untracked();
    let first = Resource::new(
        || (),
        move |()| list_conversations(id, asked.only_running, asked.before),
    );
    let show = move || {
        Suspend::new(async move {
            let answer = first.await.map(portion);
            let feed = Feed::new(Talks(id), query, asked, answer);
            view! { <LoadedList feed id/> }
        })
    };
    view! { <Suspense fallback=|| view! { <p class="feed-loading" aria-busy="true">"Loading…"</p> }>{show}</Suspense> }
}

#[component]
fn LoadedList(feed: Feed<Talks>, id: GatewayId) -> impl IntoView {
    let query = feed.query;
    let page = Callback::new(move |older: Option<i64>| {
        let before = older.map(model::ConversationId);
        query.with(|query| address::list(id, &Query { before, ..*query }))
    });
    view! {
        <section class="feed-panel" aria-label="Conversations">
            <div class="feed-tools">
                <StateFilter feed id/>
                <span class="toolbar-space"></span>
                <Newer feed names=("conversation", "conversations")/>
                <Refresh feed form="feed-form"/>
            </div>
            <Show
                when=move || feed.has_rows()
                fallback=move || view! {
                    <Instead
                        feed
                        narrowed=Signal::derive(move || query.with(|query| query.only_running))
                        title="Nobody has talked with it yet"
                        text="A conversation begins when a peer writes to this chat gateway while it is enabled."
                        all=address::list(id, &Query::default())
                    />
                }
            >
                <ConversationTable feed id/>
            </Show>
            <PageLinks feed address=page/>
        </section>
    }
}

/// All conversations, or those under way.
#[component]
fn StateFilter(feed: Feed<Talks>, id: GatewayId) -> impl IntoView {
    let link = move |only_running: bool, label: Signal<String>| {
        let wanted = Query {
            only_running,
            before: None,
        };
        let current = move || {
            feed.query
                .with(|query| query.only_running == only_running)
                .then_some("true")
        };
        let href = address::list(id, &wanted);
        view! { <a class="segment" href=href aria-current=current data-noscroll="">{move || label.get()}</a> }
    };
    let running = Signal::derive(move || format!("Running ({})", shown_count(feed.count.get())));
    let state = move || feed.query.with(|query| if query.only_running { "running" } else { "" });
    view! {
        <nav class="segments" aria-label="State">
            {link(false, Signal::stored("All".to_owned()))} {link(true, running)}
        </nav>
        <input type="hidden" name="state" form="feed-form" value=state/>
    }
}
