//! The addresses that the Meta app must know before somebody can sign in.

use super::{
    super::facts::{CopyAddress, callback_url},
    state::Accounts,
};
use crate::components::form::group::FormSection;
use leptos::prelude::*;
use model::MetaKind;

/// Where Meta leads a browser back to, and where it tells that a permission was taken back.
#[component]
pub(super) fn Addresses(kind: MetaKind, accounts: Accounts) -> impl IntoView {
    let state = accounts.state;
    let callback = callback_url(state);
    let redirect = Signal::derive(move || {
        state
            .card
            .with(|card| format!("{}/meta/oauth", card.callback_base.trim_end_matches("/chat")))
    });
    let deauthorise = Signal::derive(move || format!("{}/deauthorize", callback.get()));
    let (redirect_id, deauthorise_id) = match kind {
        MetaKind::Facebook => ("facebook-redirect", "facebook-deauthorise"),
        MetaKind::Instagram => ("instagram-redirect", "instagram-deauthorise"),
        MetaKind::WhatsApp => ("whatsapp-redirect", "whatsapp-deauthorise"),
    };
    view! {
        <FormSection
            title="Meta app"
            text="For signing in, enter these at developers.facebook.com → your app → Facebook Login → Settings."
        >
            <CopyAddress id=redirect_id label="Valid OAuth Redirect URI" address=redirect/>
            <CopyAddress id=deauthorise_id label="Deauthorise callback URL" address=deauthorise/>
        </FormSection>
    }
}
