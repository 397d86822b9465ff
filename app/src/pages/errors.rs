//! Pages that say why there is nothing to see.

use crate::{components::page_error::PageError, error::AppError};
use leptos::prelude::*;

/// Nothing has this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let error = AppError::new(
        AppError::NOT_FOUND,
        404,
        "The address may be mistyped, or what it showed has been deleted.",
    );
    view! { <ErrorPage error/> }
}

/// The viewer may not do what this address is for.
#[component]
pub fn ForbiddenPage() -> impl IntoView {
    let error = AppError::new(
        AppError::FORBIDDEN,
        403,
        "Ask an administrator for the right to create here.",
    );
    view! { <ErrorPage error/> }
}

#[component]
fn ErrorPage(error: AppError) -> impl IntoView {
    set_status(error.status);
    view! {
        <div class="page">
            <PageError error/>
        </div>
    }
}

#[cfg(feature = "ssr")]
fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}

#[cfg(not(feature = "ssr"))]
fn set_status(_status: u16) {}
