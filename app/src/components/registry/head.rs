//! The head of the table: "select all", and a link for each order.

use super::{
    section::{Heading, Section},
    state::Registry,
};
use leptos::prelude::*;
use model::{Direction, ListQuery, Sort};

/// The table's head.
#[component]
pub fn Head<S: Section>(registry: Registry<S>) -> impl IntoView {
    let may_delete = registry.may_delete;
    view! {
        <thead role="rowgroup">
            <tr role="row">
                <Show when=move || may_delete.get()>
                    <th class="col-check" role="columnheader" scope="col">
                        <SelectAll registry/>
                    </th>
                </Show>
                {S::HEADINGS.iter().map(|heading| view! { <ColumnHead registry heading/> }).collect_view()}
                <th class="col-action" role="columnheader" scope="col">
                    <span class="visually-hidden">"Edit"</span>
                </th>
                <Show when=move || may_delete.get()>
                    <th class="col-action" role="columnheader" scope="col">
                        <span class="visually-hidden">"Delete"</span>
                    </th>
                </Show>
            </tr>
        </thead>
    }
}

/// How many rows of the page are selected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Selected {
    None,
    Some,
    All,
}

#[component]
fn SelectAll<S: Section>(registry: Registry<S>) -> impl IntoView {
    let selected = Memo::new(move |_| {
        registry.rows.with(|rows| {
            let count = rows
                .iter()
                .filter(|entry| registry.selection.contains(entry.id))
                .count();
            match count {
                0 => Selected::None,
                count if count == rows.len() => Selected::All,
                _ => Selected::Some,
            }
        })
    });
    view! {
        <input
            class="checkbox needs-js"
            type="checkbox"
            autocomplete="off"
            aria-label="Select all on this page"
            prop:checked=move || selected.get() == Selected::All
            prop:indeterminate=move || selected.get() == Selected::Some
            on:change=move |event| registry.selection.set(registry.page_names(), event_target_checked(&event))
        />
    }
}

#[component]
fn ColumnHead<S: Section>(registry: Registry<S>, heading: &'static Heading<S::Column>) -> impl IntoView {
    let Some(column) = heading.sort else {
        return view! { <th class=heading.class role="columnheader" scope="col">{heading.label}</th> }.into_any();
    };
    let current = Memo::new(move |_| {
        registry
            .query
            .with(|query| Sort::<S::Column>::parse(&query.sort).flatten())
    });
    let aria_sort = move || match current.get().filter(|sort| sort.column == column) {
        None => "none",
        Some(Sort {
            direction: Direction::Ascending,
            ..
        }) => "ascending",
        Some(Sort {
            direction: Direction::Descending,
            ..
        }) => "descending",
    };
    let href = move || {
        let sort = Sort::pressed(current.get(), column).map(Sort::code).unwrap_or_default();
        Registry::<S>::address(&ListQuery {
            sort,
            ..registry.query.with(ListQuery::first_page)
        })
    };
    view! {
        <th class=heading.class role="columnheader" scope="col" aria-sort=aria_sort>
            <a class="sort" href=href data-noscroll="">{heading.label}</a>
        </th>
    }
    .into_any()
}
