//! One conversation: where it stands, what it waits for, what it knows.

use super::{
    address::{self, Query},
    end::EndConversation,
    row::{FlowLink, StateTag},
};
use crate::{
    api::get_conversation,
    components::{
        feed::{OneMissing, every_poll},
        form::{card::missing, group::FormSection},
        icon::Icon,
        time_ago::{TimeAgo, TimeAhead},
    },
    pages::gateway_card::deliveries::log_of_thread,
};
use leptos::{prelude::*, task::spawn_local};
use model::{Conversation, ConversationId, ConversationRow, GatewayId};

/// What is said of a conversation that is not there.
const MISSING: &str = "There is no such conversation, or it was forgotten.";

/// The conversation that the address names, or why it can't be shown.
#[component]
pub(super) fn OnePage(
    /// The gateway.
    id: GatewayId,
    /// The conversation as it stands in the address.
    named: String,
    /// The way back to the list.
    query: Memo<Query>,
) -> impl IntoView {
    let conversation = named.parse::<ConversationId>().ok();
    let read = Resource::new(
        || (),
        move |()| async move {
            match conversation {
                Some(conversation) => get_conversation(id, conversation).await,
                None => Err(missing(MISSING)),
            }
        },
    );
    let again = Callback::new(move |()| read.refetch());
    let show = move || {
        Suspend::new(async move {
            match read.await {
                Ok(conversation) => view! { <One first=conversation id/> }.into_any(),
                Err(error) => view! { <OneMissing error missing=MISSING again/> }.into_any(),
            }
        })
    };
    view! {
        <section class="entry" aria-label="Conversation">
            <p class="entry-back">
                <a href=move || query.with(|query| address::list(id, query))>
                    <Icon name="chevron-left"/>
                    "All conversations"
                </a>
            </p>
            <Suspense fallback=|| view! { <p aria-busy="true">"Loading…"</p> }>{show}</Suspense>
        </section>
    }
}

/// The conversation; while it is under way, it is looked at again.
#[component]
fn One(first: Conversation, id: GatewayId) -> impl IntoView {
    let conversation = first.row.id;
    let peer = first.row.peer.clone();
    let shown = RwSignal::new(first);
    let ended = Memo::new(move |_| shown.with(|shown| shown.row.ended.clone()));
    let running = Memo::new(move |_| ended.with(Option::is_none));
    let look = move || {
        spawn_local(async move {
            // Nobody asked: a failure is not told.
            if let Ok(now) = get_conversation(id, conversation).await
                && shown.try_with_untracked(|before| *before != now) == Some(true)
            {
                shown.set(now);
            }
        });
    };
    every_poll(move || {
        if running.try_get_untracked() == Some(true) {
            look();
        }
    });
    view! {
        <header class="entry-head">
            <h2 class="entry-title">{format!("With {peer}")}</h2>
            {move || view! { <StateTag ended=ended.get()/> }}
            <span class="toolbar-space"></span>
            <EndConversation id conversation peer=peer.clone() running done=Callback::new(move |()| look())/>
        </header>
        <p class="entry-meaning" role="status">{move || ended.get().map(|ended| ended.sentence)}</p>
        <Stand shown id/>
        <Variables shown/>
    }
}

/// Who, since when, and where in the program.
#[component]
fn Stand(shown: RwSignal<Conversation>, id: GatewayId) -> impl IntoView {
    let stand = Memo::new(move |_| {
        shown.with(|shown| (shown.row.clone(), shown.path.clone(), shown.waits.clone(), shown.until))
    });
    let facts = move || {
        let (row, path, waits, until) = stand.get();
        let ConversationRow {
            thread,
            flow,
            started_at,
            updated_at,
            ended,
            heard,
            said,
            ..
        } = row;
        let until = until.filter(|_| ended.is_none());
        view! {
            <dl class="entry-facts">
                <div><dt>"Flow"</dt><dd><FlowLink flow/></dd></div>
                <div><dt>"Began"</dt><dd><TimeAgo at=started_at/></dd></div>
                <div><dt>"Last"</dt><dd><TimeAgo at=updated_at/></dd></div>
                {ended.map(|ended| view! { <div><dt>"Ended"</dt><dd><TimeAgo at=ended.at/></dd></div> })}
                <div><dt>"Heard"</dt><dd>{heard}</dd></div>
                <div><dt>"Said"</dt><dd>{said}</dd></div>
                {path.map(|path| view! { <div><dt>"Stands at"</dt><dd><code>{path}</code></dd></div> })}
                {waits.map(|waits| view! { <div><dt>"Waits for"</dt><dd>{waits}</dd></div> })}
                {until.map(|at| view! { <div><dt>"Until"</dt><dd><TimeAhead at/></dd></div> })}
                <div>
                    <dt>"Messages"</dt>
                    <dd><a href=log_of_thread(id, thread)>"Its deliveries"</a></dd>
                </div>
            </dl>
        }
    };
    view! { <FormSection title="Where it stands" wide=true>{facts}</FormSection> }
}

/// What the conversation knows.
#[component]
fn Variables(shown: RwSignal<Conversation>) -> impl IntoView {
    let variables = Memo::new(move |_| shown.with(|shown| shown.variables.clone()));
    let rows = move || {
        let row = |(name, value): (String, String)| {
            view! {
                <tr role="row">
                    <th role="rowheader" scope="row"><code>{name}</code></th>
                    <td role="cell" class="as-typed">{value}</td>
                </tr>
            }
        };
        variables.get().into_iter().map(row).collect_view()
    };
    view! {
        <FormSection title="Variables" wide=true>
            <Show
                when=move || variables.with(|variables| !variables.is_empty())
                fallback=|| view! { <p class="muted">"It has set none."</p> }
            >
                <table class="variables-table" role="table" aria-label="Variables">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Name"</th>
                            <th role="columnheader" scope="col">"Value"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </Show>
        </FormSection>
    }
}
