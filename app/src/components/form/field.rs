//! What stands around a control: label, reason, hint and error.

use super::bound::Bound;
use crate::components::icon::Icon;
use leptos::prelude::*;

/// A field: its label, its control, and below it why it is inert, what to enter and what is wrong.
#[component]
pub fn FieldFrame(
    /// The field.
    bound: Bound,
    /// The id that the label points to, when it isn't the field's own.
    #[prop(optional, into)]
    labels: Option<Signal<String>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let id = bound.id();
    let own = id.clone();
    let points_to = labels.unwrap_or_else(|| Signal::stored(own));
    view! {
        <div class="field">
            <label class="field-label" id=format!("{id}-label") for=move || points_to.get()>
                {bound.field.label}
                {bound.field.required.then(|| view! { <span class="field-required" aria-hidden="true">" *"</span> })}
            </label>
            <div class="field-control">{children()}</div>
            <FieldNotes bound/>
        </div>
    }
}

/// What is said below a control.
#[component]
pub fn FieldNotes(
    /// The field.
    bound: Bound,
) -> impl IntoView {
    let id = StoredValue::new(bound.id());
    let reason = Memo::new(move |_| bound.inert_reason());
    let hint = bound.field.hint;
    view! {
        {move || {
            reason.get().map(|reason| view! { <p class="field-hint" id=format!("{}-reason", id.get_value())>{reason}</p> })
        }}
        {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("{}-hint", id.get_value())>{hint}</p> })}
        <FieldError id=id.get_value() error=bound.error()/>
    }
}

/// What is wrong with a field; nothing when nothing is.
#[component]
pub fn FieldError(
    /// The id of the field's control.
    id: String,
    /// The sentence.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("{id}-error");
    move || {
        error.get().map(|error| {
            view! {
                <p class="field-error" id=id.clone()>
                    <Icon name="alert"/>
                    {error}
                </p>
            }
        })
    }
}
