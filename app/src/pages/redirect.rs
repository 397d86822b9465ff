//! Addresses that only lead to another one.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

/// Leads to another address: by the answer's status on the server, without an entry in the history in the browser.
#[component]
pub fn Redirect(
    /// Where to.
    to: String,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_axum::redirect(&to);
    let navigate = use_navigate();
    Effect::new(move || {
        navigate(
            &to,
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    });
}

/// `/` leads to the chat gateways.
#[component]
pub fn ToGateways() -> impl IntoView {
    view! { <Redirect to="/chat-gateways".to_owned()/> }
}

/// The address of a card leads to its first tab.
#[component]
pub fn ToFirstTab() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    view! { <Redirect to=format!("{}/general", path.trim_end_matches('/'))/> }
}
