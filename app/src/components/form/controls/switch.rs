//! On or off.

use crate::components::form::{bound::Bound, field::FieldNotes};
use leptos::prelude::*;

/// A switch with its label beside it.
///
/// A hidden "false" goes before it, so that a plain form posts the switch in either position.
#[component]
pub fn SwitchControl(
    /// The field.
    bound: Bound,
) -> impl IntoView {
    let id = bound.id();
    let on = bound.form.is_on(bound.key());
    let first = on.get_untracked();
    let turn = move |event| {
        bound.enter(event_target_checked(&event).to_string());
        bound.leave();
    };
    view! {
        <div class="field field-switch">
            <input type="hidden" name=bound.key() value="false" disabled=bound.form.is_read_only()/>
            <input
                class="switch"
                type="checkbox"
                role="switch"
                id=id.clone()
                name=bound.key()
                value="true"
                autocomplete="off"
                checked=first
                prop:checked=on
                disabled=move || bound.is_disabled()
                aria-invalid=bound.invalid()
                aria-describedby=bound.described_by()
                on:change=turn
            />
            <div>
                <label class="field-label" for=id>{bound.field.label}</label>
                <FieldNotes bound/>
            </div>
        </div>
    }
}
