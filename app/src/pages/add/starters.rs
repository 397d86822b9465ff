//! With which program a new flow schema begins.

use super::{
    Offer,
    choices::{Choice, Choices, Mark},
};
use flow::Starter;
use leptos::prelude::*;

/// The key in the query string.
pub(super) const KEY: &str = "starter";

/// The starters, shown when they count; without JavaScript always, because the page can't tell.
#[component]
pub(super) fn Starters(
    /// The choice before this one.
    offer: Offer,
    /// What is chosen there.
    chosen: RwSignal<&'static str>,
    /// The code of the chosen starter.
    starter: RwSignal<&'static str>,
) -> impl IntoView {
    let choices: Vec<_> = Starter::ALL.into_iter().map(choice).collect();
    view! {
        <div class="starters shown-without-js" hidden=move || chosen.get() != offer.starts>
            <p class="starters-title" aria-hidden="true">"Begin with"</p>
            <Choices key=KEY legend="Begin with" choices chosen=starter/>
        </div>
    }
}

/// The starter of a code; the empty one, if there is none.
pub(super) fn of_code(code: &str) -> Starter {
    Starter::from_code(code).unwrap_or(Starter::Empty)
}

fn choice(starter: Starter) -> Choice {
    Choice {
        value: starter.code(),
        title: starter.label(),
        hint: starter.description(),
        mark: Mark::Icon(match starter {
            Starter::Empty => "code",
            Starter::Echo => "message",
            Starter::Menu => "list",
            Starter::Contact => "user",
            Starter::Hours => "clock",
            Starter::Api => "plug",
        }),
    }
}
