//! What stands around the rows: refresh, news, the way to older ones.

use super::{Feed, Source};
use crate::components::icon::Icon;
use leptos::{ev::MouseEvent, prelude::*};

/// Reads the rows again; without JavaScript it sends the form of the filters.
#[component]
pub fn Refresh<S: Source>(
    /// The list.
    feed: Feed<S>,
    /// The id of the form that holds the filters.
    form: &'static str,
) -> impl IntoView {
    let refresh = move |event: MouseEvent| {
        event.prevent_default();
        feed.refresh();
    };
    view! {
        <button
            class="button button-quiet button-icon"
            type="submit"
            form=form
            aria-label="Refresh"
            aria-busy=move || feed.busy.get().then_some("true")
            data-tip="Refresh"
            data-tip-side="end"
            data-shortcut="r"
            on:click=refresh
        >
            <Icon name="refresh"/>
        </button>
    }
}

/// Shows the newer rows that wait; nothing when none do.
#[component]
pub fn Newer<S: Source>(
    /// The list.
    feed: Feed<S>,
    /// What its rows are called: one, and several.
    names: (&'static str, &'static str),
) -> impl IntoView {
    let count = Memo::new(move |_| feed.newer());
    let label = move || match count.get() {
        1 => format!("1 new {}", names.0),
        count => format!("{count} new {}", names.1),
    };
    view! {
        <span role="status">
            <Show when=move || { count.get() > 0 }>
                <button class="pill pill-pending" type="button" on:click=move |_| feed.show_waiting()>{label}</button>
            </Show>
        </span>
    }
}

/// Leads to older rows and back to the newest.
#[component]
pub fn PageLinks<S: Source>(
    /// The list.
    feed: Feed<S>,
    /// The address of the rows behind an id; of the newest ones without.
    address: Callback<Option<i64>, String>,
) -> impl IntoView {
    let is_newest = Memo::new(move |_| feed.query.with(S::is_newest));
    view! {
        <nav class="feed-pages" aria-label="Pages">
            {move || (!is_newest.get()).then(|| view! { <a class="button" href=address.run(None)>"Newest"</a> })}
            {move || feed.older.get().map(|older| view! { <a class="button" href=address.run(Some(older))>"Older"</a> })}
        </nav>
    }
}
