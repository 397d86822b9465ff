//! Announces the bot's gateway at Telegram, takes it off, and looks how it stands.

use super::{
    api::{self, Trouble},
    mode::{self, mode},
    poll::UPDATES,
};
use crate::{
    Account, ConnectError, Connected, Mode, Probe, Registration, Wire, lenient::lenient, registration::registration,
};
use model::{
    Timestamp,
    message::{ErrorClass, ProviderError},
};
use serde::Deserialize;
use serde_json::json;

/// So many calls Telegram may make at once.
const CONNECTIONS: u32 = 40;

#[derive(Deserialize)]
struct Me {
    #[serde(default, deserialize_with = "lenient")]
    first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    username: Option<String>,
}

#[derive(Deserialize)]
struct WebhookInfo {
    #[serde(default, deserialize_with = "lenient")]
    url: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pending_update_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    last_error_date: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    last_error_message: Option<String>,
}

/// See [`crate::Provider::connect`].
pub(super) async fn connect(wire: &Wire, account: &Account, take_over: bool) -> Result<Connected, ConnectError> {
    let identity = identity(wire, account).await.map_err(ProviderError::from)?;
    let info = webhook_info(wire, account).await.map_err(ProviderError::from)?;
    if let Registration::Elsewhere { url } = whose(wire, account, &info)
        && !take_over
    {
        return Err(ConnectError::Elsewhere { url });
    }
    match mode(account) {
        Mode::Webhook => set_webhook(wire, account).await?,
        Mode::Polling => delete_webhook(wire, account).await.map_err(ProviderError::from)?,
    }
    Ok(Connected {
        identity,
        to_do: String::new(),
    })
}

/// See [`crate::Provider::disconnect`].
pub(super) async fn disconnect(wire: &Wire, account: &Account) -> Result<(), ProviderError> {
    let info = webhook_info(wire, account).await?;
    match whose(wire, account, &info) {
        Registration::Elsewhere { .. } => Ok(()),
        Registration::Here | Registration::Missing | Registration::Unknown => Ok(delete_webhook(wire, account).await?),
    }
}

/// See [`crate::Provider::probe`].
pub(super) async fn probe(wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
    let identity = identity(wire, account).await?;
    let info = webhook_info(wire, account).await?;
    let registration = match (mode(account), whose(wire, account, &info)) {
        // Where there is no webhook we can ask; where there is one, even our own, we can't.
        (Mode::Polling, Registration::Missing) => Registration::Here,
        (Mode::Polling, Registration::Here) => Registration::Missing,
        (_, registration) => registration,
    };
    let message = info.last_error_message.map(|message| wire.hide(&message));
    let at = info.last_error_date.map(|date| Timestamp(date.saturating_mul(1_000)));
    Ok(Probe {
        identity,
        registration,
        pending: info.pending_update_count,
        last_error: at.zip(message),
        to_do: String::new(),
    })
}

async fn identity(wire: &Wire, account: &Account) -> Result<String, Trouble> {
    let me: Me = api::call(wire, account, "getMe", &json!({})).await?;
    let name = me.username.map(|name| format!("@{name}")).or(me.first_name);
    Ok(name.unwrap_or_default())
}

async fn webhook_info(wire: &Wire, account: &Account) -> Result<WebhookInfo, Trouble> {
    api::call(wire, account, "getWebhookInfo", &json!({})).await
}

fn whose(wire: &Wire, account: &Account, info: &WebhookInfo) -> Registration {
    registration(wire, info.url.as_deref().unwrap_or_default(), &account.callback_url)
}

async fn set_webhook(wire: &Wire, account: &Account) -> Result<(), ConnectError> {
    let body = json!({
        "url": account.callback_url,
        "secret_token": account.door_secret.expose(),
        "allowed_updates": UPDATES,
        "max_connections": CONNECTIONS,
    });
    match api::call::<bool>(wire, account, "setWebhook", &body).await {
        Ok(_) => Ok(()),
        Err(trouble) if is_about_the_address(&trouble) => Err(ConnectError::PublicUrl(advice(wire, account, &trouble))),
        Err(trouble) => Err(ConnectError::Provider(*trouble.error)),
    }
}

fn is_about_the_address(trouble: &Trouble) -> bool {
    trouble.error.class == ErrorClass::Invalid && trouble.description.to_lowercase().contains("bad webhook")
}

fn advice(wire: &Wire, account: &Account, trouble: &Trouble) -> String {
    let what = if mode::is_cloud(account) {
        "Set public_url to an https address that the internet reaches on port 443, 80, 88 or 8443, with a certificate of a \
         known authority"
    } else {
        "Set public_url to an address that your Bot API server reaches"
    };
    let words = wire.hide(&trouble.description);
    let address = &account.callback_url;
    format!("Telegram can't call {address}. {what}, then connect again. Telegram says: {words}")
}

/// What waits there for us stays: it is asked for, or comes when the webhook is set again.
async fn delete_webhook(wire: &Wire, account: &Account) -> Result<(), Trouble> {
    let body = json!({ "drop_pending_updates": false });
    api::call::<bool>(wire, account, "deleteWebhook", &body).await?;
    Ok(())
}
