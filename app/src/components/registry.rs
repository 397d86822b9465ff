//! The registry of a section: search, refresh, table, selection, removal, pagination.
//!
//! The same for every section; what differs is behind [`Section`]. Rendered whole on the server; in the browser rows
//! change in place, so that focus, selection and scroll stay where they are.

pub mod address;
mod entry;
mod focus;
mod head;
mod instead;
mod live;
mod pagination;
mod removal;
mod row;
mod search;
mod section;
mod selection;
mod skeleton;
mod state;
mod table;
mod toolbar;

pub use section::{Empty, Heading, RowTools, Section};

use crate::{
    components::{page_title::PageTitle, registry::state::Registry},
    error::AppError,
};
use instead::{Instead, NoAccess};
use leptos::prelude::*;
use leptos_router::hooks::use_url;
use model::{ListQuery, Page};
use pagination::Pagination;
use removal::{ConfirmDialog, RefusedBanner};
use skeleton::Skeleton;
use std::marker::PhantomData;
use table::Table;
use toolbar::{AddButton, Toolbar};

/// The whole page of a section's registry.
#[component]
pub fn RegistryPage<S: Section>(
    /// The section.
    #[prop(optional)]
    section: PhantomData<S>,
) -> impl IntoView {
    let url = use_url();
    let query = Memo::new(move |_| url.with(|url| address::read(url.search())));
    let asked = query.get_untracked();
    let first = Resource::new(|| (), {
        let asked = asked.clone();
        move |()| S::list(asked.clone())
    });
    let asked = StoredValue::new(asked);
    view! {
        <PageTitle text=S::SECTION.label()/>
        <Suspense fallback=move || view! { <Skeleton section/> }>
            {move || Suspend::new(async move {
                let answer = first.await;
                view! { <Loaded section query answered=asked.get_value() answer/> }
            })}
        </Suspense>
    }
}

/// The page with its first answer.
#[component]
fn Loaded<S: Section>(
    section: PhantomData<S>,
    query: Memo<ListQuery>,
    answered: ListQuery,
    answer: Result<Page<S::Row>, AppError>,
) -> impl IntoView {
    _ = section;
    if let Err(error) = &answer
        && error.is(AppError::FORBIDDEN)
    {
        return view! { <NoAccess/> }.into_any();
    }
    let registry = Registry::<S>::new(query, answered, answer);
    live::listen(registry);
    let empty = Memo::new(move |_| registry.rows.with(Vec::is_empty) || registry.problem.with(Option::is_some));
    view! {
        <div class="page">
            <header class="page-header">
                <h1 class="page-title">{S::SECTION.label()}</h1>
                <div class="page-actions">
                    <AddButton registry shortcut=true/>
                </div>
            </header>
            <Toolbar registry/>
            <RefusedBanner registry/>
            <Show when=move || !empty.get() fallback=move || view! { <Instead registry/> }>
                <Table registry/>
            </Show>
            <Pagination registry/>
            <ConfirmDialog registry/>
            {S::add_dialog(registry.adding)}
        </div>
    }
    .into_any()
}
