//! What stands above the table: search, removal of the selected rows, news, refresh.

use super::{
    search::Search,
    section::Section,
    state::{Reason, Registry},
};
use crate::components::icon::Icon;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use model::ListQuery;

/// The tools of the registry.
#[component]
pub fn Toolbar<S: Section>(registry: Registry<S>) -> impl IntoView {
    view! {
        <div class="toolbar">
            <Search registry/>
            <FilterChip registry/>
            <DeleteSelected registry/>
            <span class="toolbar-space"></span>
            <Show when=move || registry.waiting.with(Option::is_some)>
                <button class="pill pill-pending" type="button" on:click=move |_| registry.show_waiting()>
                    "Show changes"
                </button>
            </Show>
            <Refresh registry/>
        </div>
    }
}

/// Loads the rows again; without JavaScript it is a form that asks for the same address.
#[component]
fn Refresh<S: Section>(registry: Registry<S>) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        registry.load(Reason::Asked);
    };
    view! {
        <form method="get" action=S::SECTION.path() on:submit=submit>
            <HiddenState registry keep=|_| true/>
            <button
                class="button button-quiet button-icon"
                type="submit"
                aria-label="Refresh"
                data-tip="Refresh"
                data-tip-side="end"
                data-shortcut="r"
            >
                <Icon name="refresh"/>
            </button>
        </form>
    }
}

/// The part of the address that a form must send again.
#[component]
pub fn HiddenState<S: Section>(
    registry: Registry<S>,
    /// Which keys.
    keep: fn(&str) -> bool,
) -> impl IntoView {
    let pairs = move || {
        let query = registry.query.get();
        let pairs: Vec<_> = query
            .pairs()
            .into_iter()
            .map(|(key, value)| (key, value.to_owned()))
            .collect();
        pairs.into_iter().filter(|(key, _)| keep(key)).collect::<Vec<_>>()
    };
    move || {
        pairs()
            .into_iter()
            .map(|(key, value)| view! { <input type="hidden" name=key value=value/> })
            .collect_view()
    }
}

/// Opens the dialog or the page for a new object; without JavaScript always the page.
#[component]
pub fn AddButton<S: Section>(
    registry: Registry<S>,
    /// Whether the key `n` presses it.
    #[prop(optional)]
    shortcut: bool,
) -> impl IntoView {
    let path = format!("{}/new", S::SECTION.path());
    let navigate = use_navigate();
    let submit = {
        let path = path.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if S::HAS_ADD_DIALOG {
                registry.adding.set(true);
            } else {
                navigate(&path, leptos_router::NavigateOptions::default());
            }
        }
    };
    let may_create = registry.may_create;
    view! {
        <Show when=move || may_create.get()>
            <form method="get" action=path.clone() on:submit=submit.clone()>
                <button class="button button-primary" type="submit" data-shortcut=shortcut.then_some("n")>
                    <Icon name="plus"/>
                    "Add"
                </button>
            </form>
        </Show>
    }
}

/// Opens the dialog that asks whether the selected rows are to be removed.
#[component]
fn DeleteSelected<S: Section>(registry: Registry<S>) -> impl IntoView {
    let count = Memo::new(move |_| registry.selection.count());
    view! {
        <Show when=move || { count.get() > 0 && registry.may_delete.get() }>
            <button
                class="button button-danger"
                type="button"
                data-tip=move || format!("{} selected for deletion", count.get())
                aria-describedby="selected-for-deletion"
                on:click=move |_| registry.doomed.set(registry.selection.chosen())
            >
                <Icon name="trash"/>
                {move || format!("Delete selected ({})", count.get())}
            </button>
            <span class="visually-hidden" id="selected-for-deletion" role="tooltip">
                {move || format!("{} selected for deletion", count.get())}
            </span>
        </Show>
    }
}

/// What else the address narrows the list to, with a way to take it away.
#[component]
fn FilterChip<S: Section>(registry: Registry<S>) -> impl IntoView {
    let label = Memo::new(move |_| {
        let filter = registry.query.with(|query| query.flow.clone());
        let said = registry
            .rows
            .with(|rows| rows.first().and_then(|entry| entry.row.with(S::filter)));
        (!filter.is_empty()).then(|| said.unwrap_or_else(|| format!("Flow: {filter}")))
    });
    let without = move || {
        let query = registry.query.with(ListQuery::first_page);
        Registry::<S>::address(&ListQuery {
            flow: String::new(),
            ..query
        })
    };
    view! {
        <Show when=move || label.with(Option::is_some)>
            <span class="tag tag-accent">
                {move || label.get()}
                <a class="tag-remove" href=without aria-label=move || format!("Remove filter {}", label.get().unwrap_or_default())>
                    <Icon name="x"/>
                </a>
            </span>
        </Show>
    }
}
