//! What the log is narrowed to; each choice is in the address.

use super::address;
use crate::components::icon::Icon;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{DeliveryQuery, DeliveryResult, GatewayId};

/// Both ways, or one of them.
#[component]
pub(super) fn WayFilter(id: GatewayId, query: Memo<DeliveryQuery>) -> impl IntoView {
    let link = move |code: &'static str, label: &'static str| {
        let href = move || {
            let way = code.to_owned();
            address::log(
                id,
                &DeliveryQuery {
                    way,
                    ..newest(query.get())
                },
            )
        };
        let current = move || query.with(|query| query.way == code).then_some("true");
        view! { <a class="segment" href=href aria-current=current data-noscroll="">{label}</a> }
    };
    view! {
        <nav class="segments" aria-label="Direction">
            {link("", "Both")} {link("in", "In")} {link("out", "Out")}
        </nav>
        <input type="hidden" name="way" form="feed-form" value=move || query.with(|query| query.way.clone())/>
        <input type="hidden" name="thread" form="feed-form" value=move || query.with(|query| query.thread.clone())/>
    }
}

/// Every result, or one of them; without JavaScript a button follows that asks for it.
#[component]
pub(super) fn ResultFilter(id: GatewayId, query: Memo<DeliveryQuery>) -> impl IntoView {
    let navigate = use_navigate();
    let choose = move |event| {
        let result = event_target_value(&event);
        let asked = DeliveryQuery {
            result,
            ..newest(query.get_untracked())
        };
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&address::log(id, &asked), options);
    };
    let chosen = Memo::new(move |_| query.with(|query| query.result.clone()));
    let first = chosen.get_untracked();
    let option = |value: &'static str, label: &'static str| {
        view! { <option value=value selected=value == first>{label}</option> }
    };
    let options: Vec<_> = DeliveryResult::ALL
        .iter()
        .map(|result| option(result.code(), result.label()))
        .collect();
    view! {
        <label class="visually-hidden" for="log-result">"Result"</label>
        <select
            class="select log-result"
            id="log-result"
            name="result"
            form="feed-form"
            autocomplete="off"
            prop:value=chosen
            on:change=choose
        >
            {option("", "All results")}
            {option("trouble", "Needs attention")}
            {options}
        </select>
        <button class="button shown-without-js" type="submit" form="feed-form" hidden>"Show"</button>
    }
}

/// The peer whose messages alone are shown, with a way to all of them; nothing if all are.
#[component]
pub(super) fn ThreadFilter(id: GatewayId, query: Memo<DeliveryQuery>) -> impl IntoView {
    let thread = Memo::new(move |_| query.with(|query| query.thread.clone()));
    let all = move || {
        let asked = DeliveryQuery {
            thread: String::new(),
            ..newest(query.get())
        };
        address::log(id, &asked)
    };
    view! {
        <Show when=move || thread.with(|thread| !thread.is_empty())>
            <span class="tag tag-accent">
                {move || format!("Thread: {}", thread.get())}
                <a class="tag-remove" href=all aria-label=move || format!("Remove filter Thread: {}", thread.get())>
                    <Icon name="x"/>
                </a>
            </span>
        </Show>
    }
}

fn newest(query: DeliveryQuery) -> DeliveryQuery {
    DeliveryQuery {
        before: String::new(),
        ..query
    }
}
