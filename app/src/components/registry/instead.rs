//! What stands in the table's place when it has no rows to show.

use super::{
    section::Section,
    state::{Reason, Registry},
    toolbar::AddButton,
};
use crate::error::AppError;
use leptos::prelude::*;
use model::ListQuery;

/// Why there is nothing to show.
#[derive(Clone, PartialEq, Eq)]
enum Why {
    Problem(AppError),
    NothingMatches,
    PageIsEmpty,
    NothingThere,
}

/// Says why there are no rows, and what to do.
#[component]
pub fn Instead<S: Section>(registry: Registry<S>) -> impl IntoView {
    let why = Memo::new(move |_| {
        registry.query.with(|query| match registry.problem.get() {
            Some(error) => Why::Problem(error),
            None if !query.after.is_empty() || !query.before.is_empty() => Why::PageIsEmpty,
            None if !query.q.is_empty() || !query.flow.is_empty() => Why::NothingMatches,
            None => Why::NothingThere,
        })
    });
    view! {
        <div class="empty" aria-busy=move || registry.busy.get().to_string()>
            {move || match why.get() {
                Why::Problem(error) => view! { <Problem registry error/> }.into_any(),
                Why::NothingMatches => view! { <NothingMatches registry/> }.into_any(),
                Why::PageIsEmpty => view! { <PageIsEmpty registry/> }.into_any(),
                Why::NothingThere => view! { <NothingThere registry/> }.into_any(),
            }}
        </div>
    }
}

/// No object at all: what such a thing is for, and a second "Add".
#[component]
fn NothingThere<S: Section>(registry: Registry<S>) -> impl IntoView {
    view! {
        <Picture name=S::EMPTY.picture/>
        <h2 class="empty-title">{S::EMPTY.title}</h2>
        <p class="empty-text">{S::EMPTY.text}</p>
        <div class="empty-actions">
            <AddButton registry/>
        </div>
    }
}

#[component]
fn NothingMatches<S: Section>(registry: Registry<S>) -> impl IntoView {
    let text = move || {
        registry.query.with(|query| {
            if query.q.is_empty() {
                "Nothing uses this filter.".to_owned()
            } else {
                format!("No name matches “{}”.", query.q)
            }
        })
    };
    let all = move || {
        let query = registry.query.with(ListQuery::first_page);
        Registry::<S>::address(&ListQuery {
            q: String::new(),
            flow: String::new(),
            ..query
        })
    };
    view! {
        <Picture name="nothing-found"/>
        <h2 class="empty-title">"Nothing matches"</h2>
        <p class="empty-text">{text}</p>
        <div class="empty-actions">
            <a class="button" href=all>"Clear search"</a>
        </div>
    }
}

#[component]
fn PageIsEmpty<S: Section>(registry: Registry<S>) -> impl IntoView {
    view! {
        <Picture name="nothing-found"/>
        <h2 class="empty-title">"This page is empty now"</h2>
        <p class="empty-text">"What it showed has been deleted or changed its place."</p>
        <div class="empty-actions">
            <FirstPage registry/>
        </div>
    }
}

/// The reason, the number under which it is found in the log, and another try; wishes that can't be served lead back.
#[component]
fn Problem<S: Section>(registry: Registry<S>, error: AppError) -> impl IntoView {
    let wrong_wish = error.is(AppError::INVALID);
    let sentences: Vec<_> = error.fields.iter().map(|(_, sentence)| sentence.to_owned()).collect();
    let title = if wrong_wish {
        "This page does not exist".to_owned()
    } else {
        format!("The {} cannot be shown", S::OBJECTS)
    };
    view! {
        <Picture name="error"/>
        <h2 class="empty-title">{title}</h2>
        <p class="empty-text" role="alert">
            {if sentences.is_empty() { error.message } else { sentences.join(" ") }}
            {error.request_id.map(|id| view! { " Request " <code class="request-id">{id}</code> })}
        </p>
        <div class="empty-actions">
            {if wrong_wish {
                view! { <FirstPage registry/> }.into_any()
            } else {
                view! {
                    <button class="button needs-js" type="button" on:click=move |_| registry.load(Reason::Asked)>
                        "Try again"
                    </button>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn FirstPage<S: Section>(registry: Registry<S>) -> impl IntoView {
    let first = move || {
        // A wish that couldn't be served is dropped; the search stays, it is what the viewer typed.
        let q = registry
            .query
            .with(|query| query.q.chars().take(ListQuery::MAX_SEARCH_CHARS).collect());
        Registry::<S>::address(&ListQuery {
            q,
            ..ListQuery::default()
        })
    };
    view! { <a class="button" href=first>"First page"</a> }
}

/// The whole page of a section that the viewer may not read.
#[component]
pub fn NoAccess() -> impl IntoView {
    view! {
        <div class="page">
            <h1 class="visually-hidden">"No access"</h1>
            <div class="empty">
                <Picture name="no-access"/>
                <h2 class="empty-title">"You have no access to this section"</h2>
                <p class="empty-text">"Ask an administrator for the right to read it."</p>
            </div>
        </div>
    }
}

#[component]
fn Picture(name: &'static str) -> impl IntoView {
    view! { <img class="empty-picture" src=format!("/pictures/{name}.svg") alt="" width="240" height="150"/> }
}
