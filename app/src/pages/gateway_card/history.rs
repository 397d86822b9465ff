//! The tab History: who did what to the gateway, and when.

use super::history_entry::HistoryEntry;
use crate::{
    api::{GatewayCard, gateway_history},
    components::{form::card::CardState, page_error::PageError, toast::use_toasts},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use model::{Action, AuditLine, GatewayId};

/// The newest lines, and older ones on demand.
#[component]
pub(super) fn History(
    /// The card.
    state: CardState<GatewayCard>,
    /// The saved gateway.
    id: GatewayId,
) -> impl IntoView {
    let version = Memo::new(move |_| state.card.with(|card| card.version));
    let before = use_query_map().with_untracked(|query| query.get_str("before").and_then(|id| id.parse().ok()));
    let lines = Resource::new(move || version.get().0, move |_| gateway_history(id, before));
    let again = Callback::new(move |()| lines.refetch());
    let show = move || {
        Suspend::new(async move {
            match lines.await {
                Ok(lines) => view! { <Lines first=lines id/> }.into_any(),
                Err(error) => view! { <PageError error retry=again/> }.into_any(),
            }
        })
    };
    view! { <Transition fallback=|| view! { <p aria-busy="true">"Loading…"</p> }>{show}</Transition> }
}

/// The lines that were read, and a link to those before them.
#[component]
fn Lines(first: Vec<AuditLine>, id: GatewayId) -> impl IntoView {
    let toasts = use_toasts();
    let lines = RwSignal::new(first);
    let busy = RwSignal::new(false);
    // The record ends with the line that created the gateway.
    let oldest = Memo::new(move |_| {
        lines.with(|lines| {
            lines
                .last()
                .filter(|line| line.action != Action::Created)
                .map(|line| line.id)
        })
    });
    let more = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let older = gateway_history(id, oldest.get_untracked()).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match older {
                Ok(older) => lines.update(|lines| lines.extend(older)),
                Err(error) => toasts.fail(error.message),
            }
        });
    };
    view! {
        <ol class="history" aria-label="History">
            <For each=move || lines.get() key=|line| line.id let:line>
                <HistoryEntry line/>
            </For>
        </ol>
        {move || lines.with(Vec::is_empty).then(|| view! { <p class="muted">"Nothing is recorded before that."</p> })}
        {move || oldest.get().map(|before| view! {
            <p class="history-more">
                <a
                    class="button"
                    href=format!("/chat-gateways/{id}/history?before={before}")
                    aria-busy=move || busy.get().then_some("true")
                    on:click=more
                >
                    "Show older"
                </a>
            </p>
        })}
    }
}
