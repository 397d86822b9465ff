//! What stands in a page's place when it can't be shown.

use crate::{components::page_title::PageTitle, error::AppError};
use leptos::prelude::*;

/// Says why a page can't be shown and what to do: not found, no access, or a failure with its number in the log.
#[component]
pub fn PageError(
    /// What went wrong.
    error: AppError,
    /// Loads the page once more.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let (picture, title, short) = if error.is(AppError::FORBIDDEN) {
        ("no-access", "You have no access to this section", "No access")
    } else if error.is(AppError::NOT_FOUND) {
        ("nothing-found", "There is no such page", "Not found")
    } else if error.is(AppError::SIGNED_OUT) {
        ("no-access", "You are signed out", "Signed out")
    } else {
        ("error", "This cannot be shown", "Error")
    };
    let signed_out = error.is(AppError::SIGNED_OUT);
    let not_found = error.is(AppError::NOT_FOUND);
    let again = !error.is(AppError::FORBIDDEN) && !not_found && !signed_out;
    view! {
        <PageTitle text=short/>
        <div class="empty" role="alert">
            <img class="empty-picture" src=format!("/pictures/{picture}.svg") alt="" width="240" height="150"/>
            <h1 class="empty-title">{title}</h1>
            <p class="empty-text">
                {error.message}
                {error.request_id.map(|id| view! { " Request " <code class="request-id">{id}</code> })}
            </p>
            {(!error.fields.is_empty()).then(|| {
                let sentences: Vec<_> = error.fields.iter().map(|(_, sentence)| sentence.to_owned()).collect();
                view! { <p class="empty-text">{sentences.join(" ")}</p> }
            })}
            <div class="empty-actions">
                {signed_out.then(|| view! { <a class="button button-primary" href="/sign-in" rel="external">"Sign in"</a> })}
                {not_found.then(|| view! { <a class="button" href="/chat-gateways">"To the chat gateways"</a> })}
                {again.then_some(retry).flatten().map(|retry| view! {
                    <button class="button needs-js" type="button" on:click=move |_| retry.run(())>"Try again"</button>
                })}
            </div>
        </div>
    }
}
