//! A number, with what it counts behind it.

use super::text::TextInput;
use crate::components::form::{bound::Bound, field::FieldFrame};
use leptos::prelude::*;

/// A number as it is typed; the model says what is wrong with it.
#[component]
pub fn NumberControl(
    /// The field.
    bound: Bound,
    /// What is counted; empty for nothing.
    unit: &'static str,
    /// Which keyboard a phone shows: `numeric` or `decimal`.
    mode: &'static str,
) -> impl IntoView {
    view! {
        <FieldFrame bound>
            <div class="with-unit">
                <TextInput bound mode class="input input-number"/>
                {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            </div>
        </FieldFrame>
    }
}
