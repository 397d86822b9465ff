//! What stands above the form when a save was refused, or nothing can be changed.

use super::{CardObject, CardState, saving::Go};
use crate::{
    components::{dialog::Dialog, icon::Icon},
    error::AppError,
};
use leptos::prelude::*;

/// Why nothing can be changed.
#[component]
pub(super) fn LockedBanner(
    /// The reason.
    reason: String,
) -> impl IntoView {
    view! {
        <div class="banner banner-info" role="note">
            <Icon name="info"/>
            <div class="banner-body"><p class="banner-title">"Read only"</p><p>{reason}</p></div>
        </div>
    }
}

/// Why the last save failed, when it isn't about a field.
#[component]
pub(super) fn FailureBanner<C: CardObject>(
    /// The card.
    state: CardState<C>,
) -> impl IntoView {
    let sentences = move |error: &AppError| state.form.homeless(&error.fields);
    move || {
        state.failure.get().map(|error| {
            let about = sentences(&error);
            view! {
                <div class="banner banner-error" role="alert">
                    <Icon name="alert"/>
                    <div class="banner-body">
                        <p class="banner-title">"Not saved"</p>
                        <p>{error.message}</p>
                        {about.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
                        {error.request_id.map(|id| view! { <p>"Request " <code class="request-id">{id}</code></p> })}
                    </div>
                </div>
            }
        })
    }
}

/// Somebody else has saved: what they changed, and the two ways on.
#[component]
pub(super) fn ConflictBanner<C: CardObject>(
    /// The card.
    state: CardState<C>,
    /// Whether to ask before what was typed is forgotten.
    asking: RwSignal<bool>,
    /// What leads to a wrong field.
    go: Go,
) -> impl IntoView {
    move || {
        state.conflict.get().map(|error| {
            let changed = error.fields.iter().map(|(key, sentence)| {
                let label = C::group_label(key).unwrap_or_else(|| state.form.label(key));
                view! { <li>{label} ": " {sentence.to_owned()}</li> }
            });
            let changed = changed.collect_view();
            view! {
                <div class="banner banner-conflict" role="alert">
                    <Icon name="alert"/>
                    <div class="banner-body">
                        <p class="banner-title">{error.message}</p>
                        <p>"What you typed is still here, and nothing is overwritten. Fields that you have not changed keep the present values."</p>
                        <ul class="banner-list">{changed}</ul>
                    </div>
                    <div class="banner-actions needs-js">
                        <button class="button button-small" type="button" on:click=move |_| asking.set(true)>
                            "Load the present version"
                        </button>
                        <button
                            class="button button-small"
                            type="button"
                            disabled=move || state.saving.get()
                            on:click=move |_| state.keep_mine(go)
                        >
                            "Keep mine and save"
                        </button>
                    </div>
                </div>
            }
        })
    }
}

/// Asks before what was typed is forgotten.
#[component]
pub(super) fn DiscardDialog<C: CardObject>(
    /// The card.
    state: CardState<C>,
    /// Whether it is open.
    asking: RwSignal<bool>,
    /// What leads to a wrong field.
    go: Go,
) -> impl IntoView {
    let load = move |_| {
        asking.set(false);
        state.load_present(go);
    };
    view! {
        <Dialog id="discard" open=asking title="Discard your changes?" size="dialog-small">
            <div class="dialog-body">
                <p>"The card then shows the present version; what you typed is lost."</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" on:click=move |_| asking.set(false)>"Stay"</button>
                <button class="button button-danger" type="button" on:click=load>"Load the present version"</button>
            </footer>
        </Dialog>
    }
}
