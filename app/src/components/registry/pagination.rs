//! Rows per page, and the way to the next and the previous page.

use super::{section::Section, state::Registry, toolbar::HiddenState};
use crate::components::icon::Icon;
use leptos::{
    ev::{MouseEvent, SubmitEvent},
    prelude::*,
};
use model::ListQuery;

/// The foot of the registry; without JavaScript a form that asks for another page.
#[component]
pub fn Pagination<S: Section>(registry: Registry<S>) -> impl IntoView {
    let asked = Memo::new(move |_| registry.query.with(|query| query.size.clone()));
    let size = RwSignal::new(shown_size(&asked.get_untracked()));
    let problem = Memo::new(move |_| match size.get() {
        size if size.trim().is_empty() => Some("Rows per page is a whole number from 1 to 1000.".to_owned()),
        size => ListQuery {
            size,
            ..ListQuery::default()
        }
        .parse_size()
        .err(),
    });
    // Back and forward change the address, not this field.
    Effect::new(move || size.set(shown_size(&asked.get())));

    let commit = move || {
        let typed = size.get_untracked().trim().to_owned();
        if problem.get_untracked().is_none() && typed != shown_size(&asked.get_untracked()) {
            registry.go(
                ListQuery {
                    size: typed,
                    ..registry.query.with_untracked(ListQuery::first_page)
                },
                false,
                true,
            );
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        commit();
    };
    view! {
        <nav class="pagination" aria-label="Pagination">
            <form class="pagination-form" method="get" action=S::SECTION.path() novalidate on:submit=submit>
                // Enter in the field presses the first button: this one, not "Previous page".
                <button type="submit" hidden></button>
                <HiddenState registry keep=|key| matches!(key, "q" | "sort" | "flow")/>
                <label class="pagination-label" for="size">"Rows per page"</label>
                <input
                    class="input input-number"
                    id="size"
                    name="size"
                    type="number"
                    min="1"
                    max="1000"
                    autocomplete="off"
                    value=size.get_untracked()
                    prop:value=move || size.get()
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    aria-describedby="size-error"
                    on:input=move |event| size.set(event_target_value(&event))
                    on:change=move |_| commit()
                />
                <p class="field-error" id="size-error" role="alert">{move || problem.get()}</p>
                <span class="pagination-range" aria-live="polite">
                    {move || registry.around.with(|around| around.range.clone())}
                </span>
                <PageButton registry forward=false/>
                <PageButton registry forward=true/>
            </form>
        </nav>
    }
}

/// Leads one page on; inert, but still in reach of the keyboard, when there is none.
#[component]
fn PageButton<S: Section>(registry: Registry<S>, forward: bool) -> impl IntoView {
    let cursor = Memo::new(move |_| {
        registry.around.with(|around| {
            if forward {
                around.next.clone()
            } else {
                around.previous.clone()
            }
        })
    });
    let (name, label, icon) = if forward {
        ("after", "Next page", "chevron-right")
    } else {
        ("before", "Previous page", "chevron-left")
    };
    let click = move |event: MouseEvent| {
        event.prevent_default();
        let Some(cursor) = cursor.get_untracked() else { return };
        let mut query = registry.query.with_untracked(ListQuery::first_page);
        *if forward { &mut query.after } else { &mut query.before } = cursor;
        registry.go(query, false, true);
    };
    view! {
        <button
            class="button button-icon"
            // Without a page there the form must not be sent.
            type=move || if cursor.with(Option::is_some) { "submit" } else { "button" }
            name=name
            value=move || cursor.get()
            aria-label=label
            aria-disabled=move || cursor.with(Option::is_none).then_some("true")
            on:click=click
        >
            <Icon name=icon/>
        </button>
    }
}

/// What the field shows: browsers complain about a number field that holds no number.
fn shown_size(asked: &str) -> String {
    match asked {
        "" => ListQuery::DEFAULT_SIZE.to_string(),
        asked if asked.bytes().all(|byte| byte.is_ascii_digit()) => asked.to_owned(),
        _ => String::new(),
    }
}
