//! The search field: searches after a pause, at once on Enter; Escape and the clear button empty it.

use super::{section::Section, state::Registry, toolbar::HiddenState};
use crate::components::icon::Icon;
use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    leptos_dom::helpers::TimeoutHandle,
    prelude::*,
};
use model::ListQuery;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(300);

/// The search field; without JavaScript a form that asks for the same list with another search.
#[component]
pub fn Search<S: Section>(registry: Registry<S>) -> impl IntoView {
    let searched = Memo::new(move |_| registry.query.with(|query| query.q.clone()));
    let text = RwSignal::new(searched.get_untracked());
    let field = NodeRef::<html::Input>::new();
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let sent = StoredValue::new(searched.get_untracked());

    let search_now = move || {
        if let Some(Some(handle)) = pause.try_update_value(Option::take) {
            handle.clear();
        }
        let Some(q) = text.try_get_untracked() else { return };
        let before = searched.get_untracked();
        if q == before {
            return;
        }
        sent.set_value(q.clone());
        // Only the first letter of a search makes an entry in the browser's history.
        let replace = !before.is_empty() && !q.is_empty();
        registry.go(
            ListQuery {
                q,
                ..registry.query.with_untracked(ListQuery::first_page)
            },
            replace,
            false,
        );
    };
    let type_text = move |value: String| {
        text.set(value);
        if let Some(Some(handle)) = pause.try_update_value(Option::take) {
            handle.clear();
        }
        pause.set_value(set_timeout_with_handle(search_now, PAUSE).ok());
    };
    let clear = move || {
        text.set(String::new());
        search_now();
        if let Some(field) = field.get_untracked() {
            _ = field.focus();
        }
    };
    // Back, forward and "Clear search" elsewhere change the address, not this field.
    Effect::new(move || {
        let searched = searched.get();
        if searched != sent.get_value() {
            sent.set_value(searched.clone());
            text.set(searched);
        }
    });
    // Whoever comes to the field goes on behind what stands there.
    Effect::new(move || {
        if let Some(field) = field.get() {
            let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
            _ = field.set_selection_range(end, end);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        search_now();
    };
    let keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !text.with_untracked(String::is_empty) {
            event.prevent_default();
            clear();
        }
    };
    view! {
        <form class="search" role="search" method="get" action=S::SECTION.path() on:submit=submit>
            <Icon name="search" class="icon search-icon"/>
            <HiddenState registry keep=|key| matches!(key, "sort" | "size" | "flow")/>
            <input
                class="search-input"
                type="search"
                name="q"
                aria-label="Search"
                placeholder="Name; * is any text"
                autocomplete="off"
                data-shortcut="/"
                value=text.get_untracked()
                prop:value=move || text.get()
                node_ref=field
                on:input=move |event| type_text(event_target_value(&event))
                on:keydown=keydown
            />
            <button
                class="search-clear needs-js"
                type="button"
                aria-label="Clear search"
                on:click=move |_| clear()
            >
                <Icon name="x"/>
            </button>
        </form>
    }
}
