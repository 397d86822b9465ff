//! Announces the bot's gateway at Viber, takes it off, and looks how it stands.

use super::{api, errors};
use crate::{
    Account, ConnectError, Connected, Endpoints, Probe, Registration, Wire, lenient::lenient,
    registration::registration,
};
use model::message::ProviderError;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;

/// Everything that Viber tells.
const EVENTS: [&str; 7] = [
    "delivered",
    "seen",
    "failed",
    "subscribed",
    "unsubscribed",
    "conversation_started",
    "message",
];

#[derive(Deserialize)]
struct Info {
    #[serde(default, deserialize_with = "lenient")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    webhook: Option<String>,
}

/// See [`crate::Provider::connect`]. Viber calls the callback URL before it answers, so it has to be served by now.
pub(super) async fn connect(wire: &Wire, account: &Account, take_over: bool) -> Result<Connected, ConnectError> {
    let info = info(wire, account).await?;
    if let Registration::Elsewhere { url } = whose(wire, account, &info)
        && !take_over
    {
        return Err(ConnectError::Elsewhere { url });
    }
    if !may_be_called(account) {
        return Err(ConnectError::PublicUrl(advice(account)));
    }
    let body = json!({ "url": account.callback_url, "event_types": EVENTS, "send_name": true, "send_photo": true });
    set_webhook(wire, account, &body).await.map_err(|error| {
        if error.code.as_deref().and_then(|code| code.parse().ok()) == Some(errors::INVALID_URL) {
            return ConnectError::PublicUrl(format!("{} {error}", advice(account)));
        }
        ConnectError::Provider(error)
    })?;
    Ok(Connected {
        identity: info.name.unwrap_or_default(),
        to_do: String::new(),
    })
}

/// See [`crate::Provider::disconnect`].
pub(super) async fn disconnect(wire: &Wire, account: &Account) -> Result<(), ProviderError> {
    let info = info(wire, account).await?;
    match whose(wire, account, &info) {
        Registration::Here => set_webhook(wire, account, &json!({ "url": "" })).await,
        Registration::Missing | Registration::Elsewhere { .. } | Registration::Unknown => Ok(()),
    }
}

/// See [`crate::Provider::probe`]. Viber says neither what waits nor what went wrong.
pub(super) async fn probe(wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
    let info = info(wire, account).await?;
    Ok(Probe {
        registration: whose(wire, account, &info),
        identity: info.name.unwrap_or_default(),
        pending: None,
        last_error: None,
        to_do: String::new(),
    })
}

async fn info(wire: &Wire, account: &Account) -> Result<Info, ProviderError> {
    api::call(wire, account, "get_account_info", &json!({})).await
}

fn whose(wire: &Wire, account: &Account, info: &Info) -> Registration {
    registration(wire, info.webhook.as_deref().unwrap_or_default(), &account.callback_url)
}

async fn set_webhook(wire: &Wire, account: &Account, body: &serde_json::Value) -> Result<(), ProviderError> {
    let IgnoredAny = api::call(wire, account, "set_webhook", body).await?;
    Ok(())
}

/// Whether it is worth asking: Viber itself calls public https addresses only, a server of the operator's own perhaps others.
pub(super) fn may_be_called(account: &Account) -> bool {
    let is_own = account.endpoints.viber != Endpoints::default().viber;
    is_own || (account.is_public && account.callback_url.starts_with("https://"))
}

fn advice(account: &Account) -> String {
    format!(
        "Viber can't call {}. Set public_url to an https address that the internet reaches, with a certificate of a known \
         authority, then connect again.",
        account.callback_url
    )
}
