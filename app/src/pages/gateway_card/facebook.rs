//! The tab Facebook of a Messenger gateway: what to prepare in the Meta app.

use super::facts::{CopyAddress, callback_url};
use crate::{
    api::GatewayCard,
    components::form::{card::CardState, group::FormSection},
};
use leptos::prelude::*;

/// The addresses that the Meta app must know, and which pages are connected.
#[component]
pub(super) fn FacebookPanel(
    /// The card.
    state: CardState<GatewayCard>,
) -> impl IntoView {
    let callback = callback_url(state);
    let redirect = Signal::derive(move || format!("{}/oauth", callback.get()));
    let deauthorise = Signal::derive(move || format!("{}/deauthorize", callback.get()));
    view! {
        <FormSection title="Meta app" text="Enter these addresses at developers.facebook.com → your app.">
            <CopyAddress id="facebook-callback" label="Callback URL" address=callback/>
            <CopyAddress id="facebook-redirect" label="Valid OAuth Redirect URI" address=redirect/>
            <CopyAddress id="facebook-deauthorise" label="Deauthorise callback URL" address=deauthorise/>
        </FormSection>
        <FormSection title="Pages">
            <p>"No page is connected yet."</p>
            <p class="field-hint">
                "Have ready: the App ID and App Secret in General, the products Messenger and Webhooks added to the Meta app, and an account that manages the page."
            </p>
        </FormSection>
    }
}
