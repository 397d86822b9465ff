//! The table of conversations.

use super::{
    Talks,
    address::{self, Query},
};
use crate::components::{
    feed::{Feed, Item},
    time_ago::TimeAgo,
};
use leptos::prelude::*;
use model::{ConversationRow, Ended, FlowRef, GatewayId};

const HEADINGS: [(&str, &str); 7] = [
    ("Peer", "log-peer"),
    ("Flow", "log-says"),
    ("Began", "log-time"),
    ("Last", "log-time"),
    ("Heard", "log-number"),
    ("Said", "log-number"),
    ("State", "log-state"),
];

/// The conversations under their heads.
#[component]
pub(super) fn ConversationTable(feed: Feed<Talks>, id: GatewayId) -> impl IntoView {
    let head = |(label, class)| view! { <th class=class role="columnheader" scope="col">{label}</th> };
    view! {
        <div class="feed" aria-busy=move || feed.busy.get().to_string()>
            <table class="log log-conversations" role="table" aria-label="Conversations">
                <thead role="rowgroup"><tr role="row">{HEADINGS.map(head)}</tr></thead>
                <tbody role="rowgroup">
                    <For each=move || feed.items.get() key=|item| item.id let:item>
                        <Row item id query=feed.query/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// One conversation; it follows how it goes.
#[component]
fn Row(item: Item<ConversationRow>, id: GatewayId, query: Memo<Query>) -> impl IntoView {
    let row: RwSignal<ConversationRow> = item.row.into();
    let conversation = row.with_untracked(|row| row.id);
    let peer = Memo::new(move |_| row.with(|row| row.peer.clone()));
    let flow = Memo::new(move |_| row.with(|row| row.flow.clone()));
    let began = Memo::new(move |_| row.with(|row| row.started_at));
    let last = Memo::new(move |_| row.with(|row| row.updated_at));
    let heard = Memo::new(move |_| row.with(|row| row.heard));
    let said = Memo::new(move |_| row.with(|row| row.said));
    let ended = Memo::new(move |_| row.with(|row| row.ended.clone()));
    let href = move || query.with(|query| address::one(id, conversation, query));
    view! {
        <tr role="row" data-row=conversation.0>
            <td class="log-peer" role="cell"><a class="log-link" href=href>{move || peer.get()}</a></td>
            <td class="log-says" role="cell">{move || view! { <FlowLink flow=flow.get()/> }}</td>
            <td class="log-time" role="cell" data-label="Began"><TimeAgo at=began/></td>
            <td class="log-time" role="cell" data-label="Last"><TimeAgo at=last/></td>
            <td class="log-number" role="cell" data-label="Heard">{move || heard.get()}</td>
            <td class="log-number" role="cell" data-label="Said">{move || said.get()}</td>
            <td class="log-state" role="cell">{move || view! { <StateTag ended=ended.get()/> }}</td>
        </tr>
    }
}

/// The flow schema, if it is still there.
#[component]
pub(super) fn FlowLink(
    /// The flow schema.
    flow: Option<FlowRef>,
) -> impl IntoView {
    match flow {
        Some(flow) => view! { <a href=format!("/flows/{}/general", flow.id)>{flow.name}</a> }.into_any(),
        None => view! { <span class="muted">"removed"</span> }.into_any(),
    }
}

/// Whether it is under way, or how it ended.
#[component]
pub(super) fn StateTag(
    /// Its end, if it has ended.
    ended: Option<Ended>,
) -> impl IntoView {
    let (class, word) = match ended.as_ref().map(|ended| ended.cause.as_str()) {
        None => ("tag tag-accent", "running"),
        Some("flow_err") => ("tag tag-danger", "failed"),
        Some("peer_left") => ("tag", "peer left"),
        Some("ended_by_user") => ("tag", "ended by hand"),
        Some(_) => ("tag", "ended"),
    };
    view! { <span class=class>{word}</span> }
}
