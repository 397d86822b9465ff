//! Calls to Infobip.

use super::{
    door::PASSWORD,
    error::{Group, Outcome, refused, unclear, undelivered},
    outbound,
};
use crate::{
    Account, Answer, Call, ConnectError, Connected, Probe, Registration, Sent, Wire,
    download::failed,
    reading::{self, repeatable},
};
use bytes::Bytes;
use model::{
    Settings,
    message::{Envelope, ErrorClass, FileRef, ProviderError},
};
use serde::Deserialize;
use url::Url;

const KEY: &str = "secret.api_key";
const TO_DO: &str = "Paste the callback URL shown on the card, with the callback password at its end, into the Infobip \
                     portal: for each WhatsApp number under Channels and numbers, as the address that incoming messages \
                     are forwarded to.";

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Taken {
    message_id: Option<String>,
    status: Outcome,
}

impl Taken {
    fn says_anything(&self) -> bool {
        self.message_id.is_some() || self.status.group() != Group::Unknown
    }
}

/// Sends one piece. A repetition that Infobip refuses has arrived the first time.
pub(super) async fn send(wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
    let (path, body) = outbound::request(account, envelope)?;
    let call = Call::post(at(account, &format!("/whatsapp/1/message/{path}")), &body);
    let answer = wire
        .call(authorised(account, call).header("accept", "application/json"))
        .await?;
    if !answer.is_success() {
        return Err(refused(wire, &answer));
    }
    // What names neither the message nor its status may come from anybody.
    let taken = answer.json().filter(Taken::says_anything);
    let taken = taken.ok_or_else(|| unclear(&answer))?;
    if taken.status.group() == Group::Failed && !taken.status.is_repetition() {
        let mut error = undelivered(&taken.status, None);
        error.http = Some(answer.status);
        error.message = wire.hide(&error.message);
        return Err(error);
    }
    let ours = || outbound::message_id(&envelope.idempotency_key);
    Ok(Sent {
        external_id: Some(taken.message_id.filter(|id| !id.is_empty()).unwrap_or_else(ours)),
    })
}

/// Checks the key, and that there is something to prove oneself with. What is left to do is done in Infobip's portal.
pub(super) async fn connect(wire: &Wire, account: &Account) -> Result<Connected, ConnectError> {
    if !account.is_public {
        let why = "Infobip can't reach this server. Ask its operator to set public_url to its public address.";
        return Err(ConnectError::PublicUrl(why.to_owned()));
    }
    look(wire, account).await?;
    Ok(Connected {
        identity: host(account),
        to_do: TO_DO.to_owned(),
    })
}

/// Checks the same; Infobip does not say where it forwards messages to.
pub(super) async fn probe(wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
    look(wire, account).await?;
    Ok(Probe {
        identity: host(account),
        registration: Registration::Unknown,
        pending: None,
        last_error: None,
        to_do: TO_DO.to_owned(),
    })
}

/// Makes the cheapest call that needs a key and no number, then looks at our own side. That the call misses a parameter is said only to who has a key.
async fn look(wire: &Wire, account: &Account) -> Result<(), ProviderError> {
    let call = authorised(account, Call::get(at(account, "/whatsapp/1/senders/quality")));
    let answer = wire.call(call).await.map_err(repeatable)?;
    match answer.status {
        200..300 | 400 | 404 => has_password(account),
        401 | 403 => Err(without_key(wire, &answer)),
        _ => Err(refused(wire, &answer)),
    }
}

/// Without a password the door stays shut, whatever Infobip sends.
fn has_password(account: &Account) -> Result<(), ProviderError> {
    if !account.secret(PASSWORD).is_empty() {
        return Ok(());
    }
    let why = "This gateway has no callback password, so nothing that Infobip sends would be believed. Press Generate \
               beside “Callback password”, save, and give Infobip the whole address.";
    Err(failed(ErrorClass::Invalid, why))
}

fn without_key(wire: &Wire, answer: &Answer) -> ProviderError {
    let as_unauthorised = Answer {
        status: 401,
        ..answer.clone()
    };
    ProviderError {
        http: Some(answer.status),
        ..refused(wire, &as_unauthorised)
    }
}

/// Fetches a file. The key goes to the account's own host and to nobody else.
pub(super) async fn fetch(
    wire: &Wire,
    account: &Account,
    file: &FileRef,
    max_bytes: usize,
) -> Result<Bytes, ProviderError> {
    let address = Url::parse(&file.provider_ref)
        .map_err(|_| failed(ErrorClass::NotFound, "Infobip gave no address for the file."))?;
    let mut call = Call::get(address.as_str());
    if Url::parse(&base(account)).is_ok_and(|base| base.origin() == address.origin()) {
        call = authorised(account, call);
    }
    reading::file(wire, call, max_bytes).await
}

fn authorised(account: &Account, call: Call) -> Call {
    call.header("authorization", format!("App {}", account.secret(KEY)))
}

fn at(account: &Account, path: &str) -> String {
    format!("{}{path}", base(account).trim_end_matches('/'))
}

/// The operator's address, or the account's own.
fn base(account: &Account) -> String {
    match (&account.endpoints.infobip, &account.settings) {
        (Some(url), _) => url.to_string(),
        (None, Settings::Infobip(settings)) => settings.url.clone(),
        (None, _) => String::new(),
    }
}

fn host(account: &Account) -> String {
    let url = Url::parse(&base(account)).ok();
    url.and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}
