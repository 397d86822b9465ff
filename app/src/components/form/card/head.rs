//! The head of a card: where it is, what it is, and its buttons.

use super::{CardObject, CardState, guard::Guard, save_state::SaveState, saving::Go};
use crate::components::form::trail::use_registry_address;
use leptos::prelude::*;

/// Where the card stands in the product.
#[component]
pub(super) fn Breadcrumb<C: CardObject>(
    /// The card.
    state: CardState<C>,
) -> impl IntoView {
    let registry = use_registry_address(C::SECTION);
    view! {
        <nav class="breadcrumb" aria-label="Breadcrumb">
            <ol>
                <li><a href=move || registry.get()>{C::SECTION.label()}</a></li>
                <li aria-current="page">{move || state.name()}</li>
            </ol>
        </nav>
    }
}

/// How the card stands, and the buttons Close and Save.
#[component]
pub(super) fn CardActions<C: CardObject>(
    /// The card.
    state: CardState<C>,
    /// What asks before something is lost.
    guard: Guard,
    /// What goes to another address.
    go: Go,
    /// What else stands there.
    children: Children,
) -> impl IntoView {
    let registry = use_registry_address(C::SECTION);
    let close = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        guard.leave_to(state, registry.get_untracked(), go);
    };
    let refused = move || state.form.is_hydrated() && !state.can_save();
    view! {
        <div class="card-actions">
            <SaveState state go/>
            {children()}
            <button class="button" type="submit" form="close-card" on:click=close>"Close"</button>
            {(!state.form.is_read_only()).then(|| view! {
                <button
                    class="button button-primary"
                    type="submit"
                    aria-describedby="save-state"
                    aria-busy=move || state.saving.get().then_some("true")
                    disabled=refused
                >
                    "Save"
                </button>
            })}
        </div>
    }
}
