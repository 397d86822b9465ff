//! The emblem of a messenger.

use leptos::prelude::*;
use model::Provider;

/// Draws the emblem of a provider with its name for those who can't see it.
#[component]
pub fn Emblem(
    /// The messenger.
    provider: Provider,
    /// For the head of a card.
    #[prop(optional)]
    large: bool,
    /// Beside the provider's name in text: then the emblem itself has none.
    #[prop(optional)]
    silent: bool,
) -> impl IntoView {
    let (class, size) = if large {
        ("emblem emblem-large", "40")
    } else {
        ("emblem", "24")
    };
    view! {
        <img
            class=class
            src=format!("/emblems/{}.svg", provider.code())
            alt=if silent { "" } else { provider.label() }
            width=size
            height=size
        />
    }
}
