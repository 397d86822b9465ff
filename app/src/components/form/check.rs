//! A checkbox: one of many that may be set.

use super::{bound::id_of, field::FieldError, state::FormState};
use leptos::prelude::*;

/// A checkbox with its label beside it.
#[component]
pub fn CheckField(
    /// The form.
    form: FormState,
    /// The field's key.
    key: String,
    /// The label.
    label: String,
    /// What it means; empty for nothing.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let id = id_of(&key);
    let error = field_error(form, &key);
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="field field-check">
            <CheckInput form key described/>
            <div>
                <label class="field-label" for=id.clone()>{label}</label>
                {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
                <FieldError id error/>
            </div>
        </div>
    }
}

/// The checkbox alone, named by `label` where no label stands beside it.
///
/// A hidden "false" goes before it, so that a plain form posts it in either position.
#[component]
pub fn CheckInput(
    /// The form.
    form: FormState,
    /// The field's key.
    key: String,
    /// Its name, when no label does it.
    #[prop(optional, into)]
    label: Option<String>,
    /// The id of what describes it.
    #[prop(optional_no_strip)]
    described: Option<String>,
) -> impl IntoView {
    let id = id_of(&key);
    let on = form.is_on(key.clone());
    let error = field_error(form, &key);
    let error_id = format!("{id}-error");
    let described_by = move || {
        if error.with(Option::is_some) {
            Some(error_id.clone())
        } else {
            described.clone()
        }
    };
    let name = key.clone();
    let check = move |event| {
        form.enter(&key, event_target_checked(&event).to_string());
        form.touch(&key);
    };
    view! {
        <input type="hidden" name=name.clone() value="false" disabled=form.is_read_only()/>
        <input
            class="checkbox"
            type="checkbox"
            id=id
            name=name
            value="true"
            autocomplete="off"
            aria-label=label
            checked=on.get_untracked()
            prop:checked=on
            disabled=form.is_read_only()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described_by
            on:change=check
        />
    }
}

/// What is wrong with a field that has no description of its own.
#[must_use]
pub fn field_error(form: FormState, key: &str) -> Memo<Option<String>> {
    let key = key.to_owned();
    Memo::new(move |_| form.shown_error(&key))
}
