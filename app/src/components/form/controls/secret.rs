//! A secret: typed once, never shown again.

use super::{Sources, secret_value::SecretValue};
use crate::components::{
    copy_button::CopyButton,
    form::{bound::Bound, field::FieldNotes},
    icon::Icon,
    time_ago::TimeAgo,
};
use leptos::prelude::*;
use model::{SecretState, form::SecretShape};

/// A secret: "Set by NAME, TIME" with "Replace", or an input while it is typed.
///
/// Without JavaScript the input is always there; left empty it keeps the present secret.
#[component]
pub fn SecretControl(
    /// The field.
    bound: Bound,
    /// Whether the page offers to make one.
    generate: bool,
    /// What it looks like.
    shape: SecretShape,
    /// Which secrets are set, and which of them is asked for.
    sources: Sources,
) -> impl IntoView {
    let id = bound.id();
    let state = Memo::new(move |_| {
        sources
            .secrets
            .with(|all| all.iter().find(|state| state.field == bound.key()).cloned())
    });
    let replacing = RwSignal::new(!bound.first().is_empty());
    // A save makes it unreadable again.
    Effect::new(move |before: Option<Option<SecretState>>| {
        let now = state.get();
        if before.is_some_and(|before| before != now) {
            replacing.set(false);
        }
        now
    });
    Effect::new(move || {
        if sources.reveal.get() == Some(bound.key()) {
            sources.reveal.set(None);
            replacing.set(true);
        }
    });
    let open = Memo::new(move |_| state.with(Option::is_none) || replacing.get());
    let keep = move |_| {
        bound.enter("");
        replacing.set(false);
    };
    view! {
        <div class="field">
            <label class="field-label" id=format!("{id}-label") for=id.clone()>
                {bound.field.label}
                {bound.field.required.then(|| view! { <span class="field-required" aria-hidden="true">" *"</span> })}
            </label>
            <div class="field-control">
                <div class="secret">
                    <SetState state hidden=open/>
                    <button
                        class="button button-small needs-js"
                        type="button"
                        aria-describedby=format!("{id}-label")
                        hidden=move || open.get() || bound.form.is_read_only()
                        disabled=move || bound.is_disabled()
                        on:click=move |_| replacing.set(true)
                    >
                        "Replace"
                    </button>
                    <SecretValue bound generate shape open/>
                    <button
                        class="button button-small needs-js"
                        type="button"
                        hidden=move || !open.get() || state.with(Option::is_none)
                        on:click=keep
                    >
                        "Keep the present one"
                    </button>
                </div>
            </div>
            {(shape == SecretShape::Path).then(|| view! { <WholeAddress bound sources/> })}
            <FieldNotes bound/>
        </div>
    }
}

/// The callback URL with a typed secret at its end, for the messenger's portal; nobody can see it once it is saved.
#[component]
fn WholeAddress(
    /// The field.
    bound: Bound,
    /// What stands before the URI.
    sources: Sources,
) -> impl IntoView {
    let secret = bound.text();
    let uri = bound.form.text("uri");
    let address = Signal::derive(move || {
        format!(
            "{}{}/{}",
            sources.callback_base.get(),
            uri.get().trim(),
            secret.get().trim()
        )
    });
    let label = format!("Copy callback URL with {}", bound.field.label.to_lowercase());
    view! {
        <p class="field-hint secret-address needs-js" hidden=move || secret.with(String::is_empty)>
            "Copy the callback URL with it at its end:"
            <CopyButton text=address label what="The whole address" class="button button-icon"/>
        </p>
    }
}

/// By whom and when the secret was set.
#[component]
fn SetState(
    /// The state, if it is set.
    state: Memo<Option<SecretState>>,
    /// Whether another secret is typed now.
    hidden: Memo<bool>,
) -> impl IntoView {
    view! {
        <span class="secret-state" hidden=move || hidden.get()>
            <Icon name="key"/>
            {move || state.get().map(|state| view! {
                <span>{format!("Set by {}, ", state.set_by)}<TimeAgo at=state.set_at/></span>
            })}
        </span>
    }
}
