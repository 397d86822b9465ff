//! A colour: a well to pick it, a text to paste it, and the way back to the default.

use super::text::TextInput;
use crate::components::form::{bound::Bound, field::FieldFrame};
use leptos::prelude::*;

/// A colour as `#` and six hexadecimal digits.
#[component]
pub fn ColorControl(
    /// The field.
    bound: Bound,
) -> impl IntoView {
    let default = bound.field.default;
    let text = bound.text();
    // The well shows nothing but whole colours; while the text is none it keeps the default.
    let well = Memo::new(move |_| {
        text.with(|text| {
            if is_color(text) {
                text.clone()
            } else {
                default.to_owned()
            }
        })
    });
    let is_default = Memo::new(move |_| text.with(|text| text.eq_ignore_ascii_case(default)));
    view! {
        <FieldFrame bound>
            <div class="colour">
                <input
                    class="colour-well needs-js"
                    type="color"
                    aria-label=format!("Pick the {}", bound.field.label.to_lowercase())
                    autocomplete="off"
                    value=well.get_untracked()
                    prop:value=well
                    disabled=move || bound.is_disabled()
                    on:input=move |event| bound.enter(event_target_value(&event))
                />
                <TextInput bound class="input mono"/>
                <button
                    class="button button-small needs-js"
                    type="button"
                    disabled=move || bound.is_disabled() || is_default.get()
                    on:click=move |_| bound.enter(default)
                >
                    "Reset to default"
                </button>
            </div>
        </FieldFrame>
    }
}

fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
