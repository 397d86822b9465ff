//! Calls of the Bot API.

use super::errors::{self, Refused};
use crate::{
    Account, Answer, Call, Wire,
    lenient::{Id, lenient},
};
use model::message::{ErrorClass, ProviderError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

/// Why a call gave nothing.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// What it means.
    pub error: Box<ProviderError>,
    /// The messenger's own words, secrets included; empty if there were none.
    pub description: String,
    /// Where the group went that the call was about.
    pub moved_to: Option<String>,
}

impl From<Trouble> for ProviderError {
    fn from(trouble: Trouble) -> Self {
        *trouble.error
    }
}

impl From<ProviderError> for Trouble {
    fn from(error: ProviderError) -> Self {
        Self {
            error: Box::new(error),
            description: String::new(),
            moved_to: None,
        }
    }
}

/// Calls a method with JSON and reads its result.
pub(super) async fn call<T: DeserializeOwned>(
    wire: &Wire,
    account: &Account,
    method: &str,
    body: &impl Serialize,
) -> Result<T, Trouble> {
    exchange(wire, prepare(account, method, body)).await
}

/// A call of a method, not yet made.
pub(super) fn prepare(account: &Account, method: &str, body: &impl Serialize) -> Call {
    Call::post(address(account, "bot", method), body)
}

/// The address of a method (`bot`) or of a file (`file/bot`).
pub(super) fn address(account: &Account, kind: &str, path: &str) -> String {
    let base = account.endpoints.telegram.as_str().trim_end_matches('/');
    format!("{base}/{kind}{}/{path}", account.secret("secret.token"))
}

/// Makes a call and reads its result.
pub(super) async fn exchange<T: DeserializeOwned>(wire: &Wire, call: Call) -> Result<T, Trouble> {
    let answer = wire.call(call).await?;
    read(wire, &answer)
}

/// What every answer of the Bot API looks like.
#[derive(Deserialize)]
struct Envelope {
    ok: bool,
    #[serde(default)]
    result: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "lenient")]
    error_code: Option<u16>,
    #[serde(default, deserialize_with = "lenient")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    parameters: Option<Parameters>,
}

#[derive(Default, Deserialize)]
struct Parameters {
    #[serde(default, deserialize_with = "lenient")]
    retry_after: Option<u32>,
    #[serde(default, deserialize_with = "lenient")]
    migrate_to_chat_id: Option<Id>,
}

/// Reads an answer: the result, or what the refusal means.
pub(super) fn read<T: DeserializeOwned>(wire: &Wire, answer: &Answer) -> Result<T, Trouble> {
    let Some(envelope) = answer.json::<Envelope>() else {
        let mut error = errors::unreadable(answer.status);
        if let ErrorClass::RateLimited { retry_after } = &mut error.class {
            *retry_after = answer.retry_after();
        }
        return Err(error.into());
    };
    if envelope.ok {
        let result = envelope
            .result
            .and_then(|result| serde_json::from_str(result.get()).ok());
        return result.ok_or_else(|| errors::unreadable(answer.status).into());
    }
    let parameters = envelope.parameters.unwrap_or_default();
    let description = envelope.description.unwrap_or_default();
    let refused = Refused {
        code: envelope.error_code.unwrap_or(answer.status),
        description: &description,
        retry_after: parameters.retry_after.or_else(|| answer.retry_after()),
    };
    Err(Trouble {
        error: errors::classify(wire, answer.status, &refused).into(),
        moved_to: parameters.migrate_to_chat_id.map(|id| id.0),
        description,
    })
}
