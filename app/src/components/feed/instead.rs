//! What stands in the place of the rows when there are none.

use super::{Feed, Source};
use crate::error::AppError;
use leptos::prelude::*;

/// Why there are no rows.
#[derive(Clone, PartialEq, Eq)]
enum Why {
    Problem(AppError),
    NothingOlder,
    NothingMatches,
    NothingThere,
}

/// Says why there are no rows, and what to do.
#[component]
pub fn Instead<S: Source>(
    /// The list.
    feed: Feed<S>,
    /// Whether the address asks for some of the rows only.
    #[prop(into)]
    narrowed: Signal<bool>,
    /// What is said of a list without any row.
    title: &'static str,
    /// What will stand there.
    text: &'static str,
    /// The address of all rows.
    #[prop(into)]
    all: String,
) -> impl IntoView {
    let why = Memo::new(move |_| match feed.problem.get() {
        Some(error) => Why::Problem(error),
        None if !feed.query.with(S::is_newest) => Why::NothingOlder,
        None if narrowed.get() => Why::NothingMatches,
        None => Why::NothingThere,
    });
    let all = StoredValue::new(all);
    let link = move |label: &'static str| view! { <a class="button" href=all.get_value()>{label}</a> }.into_any();
    view! {
        <div class="empty" aria-busy=move || feed.busy.get().to_string()>
            {move || match why.get() {
                Why::Problem(error) => view! { <Problem feed error all=all.get_value()/> }.into_any(),
                Why::NothingOlder => {
                    view! { <Empty title="Nothing is older" text="What stood here was forgotten.">{link("Newest")}</Empty> }
                        .into_any()
                }
                Why::NothingMatches => {
                    view! { <Empty title="Nothing matches" text="No entry is like this.">{link("Show all")}</Empty> }
                        .into_any()
                }
                Why::NothingThere => view! { <Empty title text>{().into_any()}</Empty> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Empty(title: &'static str, text: &'static str, children: Children) -> impl IntoView {
    view! {
        <img class="empty-picture" src="/pictures/nothing-found.svg" alt="" width="240" height="150"/>
        <h2 class="empty-title">{title}</h2>
        <p class="empty-text">{text}</p>
        <div class="empty-actions">{children()}</div>
    }
}

/// The reason, and another try; wishes that can't be served lead back.
#[component]
fn Problem<S: Source>(feed: Feed<S>, error: AppError, all: String) -> impl IntoView {
    if error.is(AppError::INVALID) {
        let sentences: Vec<_> = error.fields.iter().map(|(_, sentence)| sentence.to_owned()).collect();
        return view! {
            <Reason title="This page does not exist" text=sentences.join(" ") request_id=None/>
            <div class="empty-actions"><a class="button" href=all>"Show all"</a></div>
        }
        .into_any();
    }
    view! { <Failed error again=Callback::new(move |()| feed.refresh())/> }.into_any()
}

/// What stands in the place of one thing of a list when it can't be shown.
#[component]
pub fn OneMissing(
    /// Why.
    error: AppError,
    /// What is said of a thing that is not there.
    missing: &'static str,
    /// Reads it once more.
    again: Callback<()>,
) -> impl IntoView {
    let view = if error.is(AppError::NOT_FOUND) {
        view! { <Empty title="Not found" text=missing>{().into_any()}</Empty> }.into_any()
    } else {
        view! { <Failed error again/> }.into_any()
    };
    view! { <div class="empty">{view}</div> }
}

/// A failure that another try may repair.
#[component]
fn Failed(error: AppError, again: Callback<()>) -> impl IntoView {
    view! {
        <Reason title="This cannot be shown" text=error.message request_id=error.request_id/>
        <div class="empty-actions">
            <button class="button needs-js" type="button" on:click=move |_| again.run(())>"Try again"</button>
        </div>
    }
}

/// The reason, with the number under which it is found in the log.
#[component]
fn Reason(title: &'static str, text: String, request_id: Option<String>) -> impl IntoView {
    view! {
        <img class="empty-picture" src="/pictures/error.svg" alt="" width="240" height="150"/>
        <h2 class="empty-title">{title}</h2>
        <p class="empty-text" role="alert">
            {text}
            {request_id.map(|id| view! { " Request " <code class="request-id">{id}</code> })}
        </p>
    }
}
