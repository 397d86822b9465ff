//! The URI of a gateway, and the callback URL that it makes.

use super::Sources;
use crate::components::{
    copy_button::CopyButton,
    form::{bound::Bound, field::FieldFrame},
};
use leptos::prelude::*;

/// The URI: editable until the first save, then only to read and to copy.
#[component]
pub fn UriControl(
    /// The field.
    bound: Bound,
    /// Whether the gateway is saved, and what stands before the URI.
    sources: Sources,
    /// Whether the page shows it at all.
    shown: bool,
) -> impl IntoView {
    if !shown {
        return view! { <input type="hidden" name=bound.key() value=bound.first()/> }.into_any();
    }
    let text = bound.text();
    let url = Signal::derive(move || format!("{}{}", sources.callback_base.get(), text.get().trim()));
    view! {
        <FieldFrame bound>
            <div class="copy-field">
                <input
                    class="input mono"
                    type="text"
                    id=bound.id()
                    name=bound.key()
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    value=bound.first()
                    prop:value=bound.text()
                    readonly=move || sources.saved.get()
                    disabled=bound.form.is_read_only()
                    aria-required=bound.required()
                    aria-invalid=bound.invalid()
                    aria-describedby=bound.described_by()
                    on:input=move |event| bound.enter(event_target_value(&event))
                    on:blur=move |_| bound.leave()
                />
                <CopyButton text=url label="Copy callback URL" what="The callback URL" class="button button-icon needs-js"/>
            </div>
            <p class="field-hint">
                "Callback URL: " <code class="mono">{move || url.get()}</code>
            </p>
        </FieldFrame>
    }
    .into_any()
}
