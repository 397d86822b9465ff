//! One of several.

use crate::components::form::{bound::Bound, field::FieldFrame};
use leptos::prelude::*;

/// A choice between a few fixed values.
#[component]
pub fn ChoiceControl(
    /// The field.
    bound: Bound,
    /// Values and labels.
    choices: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let first = match bound.first() {
        text if text.is_empty() => bound.field.default.to_owned(),
        text => text,
    };
    let options = choices
        .iter()
        .map(|(value, label)| view! { <option value=*value selected=*value == first>{*label}</option> })
        .collect_view();
    view! {
        <FieldFrame bound>
            <select
                class="select"
                id=bound.id()
                name=bound.key()
                autocomplete="off"
                prop:value=bound.text()
                disabled=move || bound.is_disabled()
                aria-invalid=bound.invalid()
                aria-describedby=bound.described_by()
                on:change=move |event| bound.enter(event_target_value(&event))
                on:blur=move |_| bound.leave()
            >
                {options}
            </select>
        </FieldFrame>
    }
}
