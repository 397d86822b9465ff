//! The title of a page in the browser's tab.

use leptos::prelude::*;
use leptos_meta::Title;

/// Sets the title: what the page shows, then the product's name.
#[component]
pub fn PageTitle(
    /// What the page shows.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let title = move || format!("{} · Chat Gateways", text.get());
    // The server writes the title after the page, when the page's signals are gone already.
    #[cfg(feature = "ssr")]
    let title = untrack(title);
    view! { <Title text=title/> }
}
