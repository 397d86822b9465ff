//! What stands beside the gateway's form.

use super::{health::HealthFacts, live::Live, remedy::Remedies};
use crate::{
    api::GatewayCard,
    components::{
        copy_button::CopyButton,
        form::card::{CardState, Record},
    },
};
use leptos::prelude::*;
use model::Provider;

/// The health, the callback URL and the record.
#[component]
pub(super) fn GatewayFacts(
    /// The card.
    state: CardState<GatewayCard>,
    /// What is observed of the gateway, once it is saved.
    live: Option<Live>,
    /// What can be done about it.
    remedies: Remedies,
) -> impl IntoView {
    let url = callback_url(state);
    let called_back = state.card.with_untracked(|card| card.provider != Provider::TelegramApp);
    let reached = move || {
        (called_back && state.is_saved()).then(|| {
            view! {
                <section class="facts">
                    <h2 class="facts-title">"Reached at"</h2>
                    <p class="facts-text"><code>{move || url.get()}</code></p>
                </section>
            }
        })
    };
    view! {
        {live.map(|live| view! { <HealthFacts live remedies/> })}
        {reached}
        <Record state/>
    }
}

/// The address under which the provider reaches the saved gateway.
pub(super) fn callback_url(state: CardState<GatewayCard>) -> Signal<String> {
    Signal::derive(move || {
        state
            .card
            .with(|card| format!("{}{}", card.callback_base, card.fields.get("uri")))
    })
}

/// An address to copy, with what it is called where it is needed.
#[component]
pub(super) fn CopyAddress(
    /// The id of the field.
    id: &'static str,
    /// What it is called there.
    label: &'static str,
    /// The address.
    #[prop(into)]
    address: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <div class="copy-field">
                <input class="input mono" id=id type="text" readonly autocomplete="off" value=move || address.get()/>
                <CopyButton text=address label=format!("Copy {label}") what=label class="button button-icon needs-js"/>
            </div>
        </div>
    }
}
