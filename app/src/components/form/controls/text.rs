//! One line of text: names, addresses, lists of origins.

use crate::components::form::{bound::Bound, field::FieldFrame};
use leptos::prelude::*;

/// A field of one line.
#[component]
pub fn TextControl(
    /// The field.
    bound: Bound,
    /// Which keyboard a phone shows.
    #[prop(default = "text")]
    mode: &'static str,
) -> impl IntoView {
    view! {
        <FieldFrame bound>
            <TextInput bound mode/>
        </FieldFrame>
    }
}

/// The input alone, for controls of several parts.
#[component]
pub fn TextInput(
    /// The field.
    bound: Bound,
    /// Which keyboard a phone shows.
    #[prop(default = "text")]
    mode: &'static str,
    /// The input's classes.
    #[prop(default = "input")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <input
            class=class
            type="text"
            id=bound.id()
            name=bound.key()
            inputmode=mode
            autocomplete="off"
            spellcheck="false"
            value=bound.first()
            prop:value=bound.text()
            disabled=move || bound.is_disabled()
            aria-required=bound.required()
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=move |event| bound.enter(event_target_value(&event))
            on:blur=move |_| bound.leave()
        />
    }
}
