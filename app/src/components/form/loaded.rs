//! A card once it is read, or why it can't be shown.

use crate::{components::page_error::PageError, error::AppError};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// Shows `form` with what was read; an error with "Try again".
#[component]
pub fn LoadedCard<C>(
    /// What is read.
    loaded: Resource<Result<C, AppError>>,
    /// Draws it.
    form: fn(C) -> AnyView,
) -> impl IntoView
where
    C: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let again = Callback::new(move |()| loaded.refetch());
    let show = move || {
        Suspend::new(async move {
            match loaded.await {
                Ok(card) => form(card),
                Err(error) => view! { <PageError error retry=again/> }.into_any(),
            }
        })
    };
    view! { <Suspense fallback=|| view! { <p class="page" aria-busy="true">"Loading…"</p> }>{show}</Suspense> }
}
