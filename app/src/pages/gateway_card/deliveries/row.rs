//! The table of the log.

use super::{
    Log, address,
    result::{ResultTag, WayMark},
};
use crate::components::{
    feed::{Feed, Item},
    time_ago::{TimeAgo, TimeAhead},
};
use leptos::prelude::*;
use model::{DeliveryQuery, DeliveryRow, GatewayId};

const HEADINGS: [(&str, &str); 8] = [
    ("Time", "log-time"),
    ("Direction", "log-way"),
    ("Kind", "log-kind"),
    ("What it says", "log-says"),
    ("Peer", "log-peer"),
    ("Result", "log-state"),
    ("Attempts", "log-number"),
    ("Next try", "log-time"),
];

/// The entries under their heads.
#[component]
pub(super) fn LogTable(feed: Feed<Log>, id: GatewayId) -> impl IntoView {
    let head = |(label, class)| view! { <th class=class role="columnheader" scope="col">{label}</th> };
    view! {
        <div class="feed" aria-busy=move || feed.busy.get().to_string()>
            <table class="log log-deliveries" role="table" aria-label="Deliveries">
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

/// One entry; it follows what becomes of it.
#[component]
fn Row(item: Item<DeliveryRow>, id: GatewayId, query: Memo<DeliveryQuery>) -> impl IntoView {
    let row: RwSignal<DeliveryRow> = item.row.into();
    // Only these change in the life of an entry.
    let result = Memo::new(move |_| row.with(|row| row.result));
    let attempts = Memo::new(move |_| row.with(|row| row.attempts));
    let next_try = Memo::new(move |_| row.with(|row| row.next_try_at));
    let fixed = row.get_untracked();
    let delivery = fixed.id;
    let href = move || query.with(|query| address::entry(id, delivery, query));
    let says = if fixed.summary.is_empty() {
        "Without words".to_owned()
    } else {
        fixed.summary
    };
    view! {
        <tr role="row" data-row=delivery.0>
            <td class="log-time" role="cell"><TimeAgo at=fixed.at/></td>
            <td class="log-way" role="cell"><WayMark way=fixed.way/></td>
            <td class="log-kind" role="cell">{fixed.kind}</td>
            <td class="log-says" role="cell"><a class="log-link" href=href>{says}</a></td>
            <td class="log-peer" role="cell">{fixed.peer}</td>
            <td class="log-state" role="cell">{move || view! { <ResultTag result=result.get()/> }}</td>
            <td class="log-number" role="cell" data-label="Attempts" class:log-none=move || { attempts.get() < 2 }>
                {move || attempts.get()}
            </td>
            <td class="log-time" role="cell" data-label="Next try" class:log-none=move || next_try.with(Option::is_none)>
                {move || match next_try.get() {
                    Some(at) => view! { <TimeAhead at/> }.into_any(),
                    None => view! { <span class="muted">"—"</span> }.into_any(),
                }}
            </td>
        </tr>
    }
}
