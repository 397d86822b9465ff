//! How a gateway fares, in one word, with the rest of it in a tooltip.

mod words;

pub use words::{sentence, told, word};

use crate::components::time_ago::use_now;
use leptos::prelude::*;
use model::Health;

/// The mark and the word; a link to where more is said of it. The tooltip says since when, why, and what to do.
#[component]
pub fn HealthBadge(
    /// What was last observed.
    #[prop(into)]
    health: Signal<Health>,
    /// Where more is said.
    #[prop(into)]
    href: Signal<String>,
    /// The id of what describes it; one for each badge of a page.
    #[prop(into)]
    id: String,
    /// To which side the tooltip keeps.
    #[prop(optional)]
    side: Option<&'static str>,
) -> impl IntoView {
    let now = use_now();
    let state = Memo::new(move |_| health.with(|health| health.state));
    let tip = Memo::new(move |_| health.with(|health| told(health, now.get())));
    view! {
        <a
            class="health"
            href=move || href.get()
            data-health=move || state.get().code()
            data-tip=move || tip.get()
            data-tip-side=side
            aria-describedby=id.clone()
        >
            <span class="visually-hidden">"Health: "</span>
            <span>{move || word(state.get())}</span>
        </a>
        <span class="visually-hidden" id=id role="tooltip">{move || tip.get()}</span>
    }
}
