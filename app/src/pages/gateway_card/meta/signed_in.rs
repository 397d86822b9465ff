//! What the window of a sign-in at Meta tells this page when it is done.

use super::state::Accounts;
use leptos::{ev, prelude::*};
use model::MetaKind;
use serde::Deserialize;

/// The message; other windows and extensions send others.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "metaSignIn")]
    sign_in: SignIn,
}

#[derive(Deserialize)]
struct SignIn {
    gateway: model::GatewayId,
    #[serde(rename = "kind")]
    _kind: MetaKind,
    sentence: String,
}

/// Listens until the page is left. Only a window of our own origin is heard.
pub(super) fn listen(accounts: Accounts) {
    Effect::new(move || {
        let own = window().location().origin().unwrap_or_default();
        let handle = window_event_listener(ev::message, move |event| {
            if event.origin() != own {
                return;
            }
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(Message { sign_in }) = serde_json::from_str(&text)
                && sign_in.gateway == accounts.live.id
            {
                accounts.signed_in(sign_in.sentence);
            }
        });
        on_cleanup(move || handle.remove());
    });
}
