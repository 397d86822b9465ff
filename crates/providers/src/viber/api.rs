//! Calls of Viber's methods.

use super::{TOKEN, errors};
use crate::{
    Account, Answer, Call, Wire,
    lenient::{Id, lenient},
};
use model::message::ProviderError;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Calls a method and reads what it gives.
pub(super) async fn call<T: DeserializeOwned>(
    wire: &Wire,
    account: &Account,
    method: &str,
    body: &impl Serialize,
) -> Result<T, ProviderError> {
    let base = account.endpoints.viber.as_str().trim_end_matches('/');
    let call = Call::post(format!("{base}/pa/{method}"), body).header("x-viber-auth-token", account.secret(TOKEN));
    let answer = wire.call(call).await?;
    read(wire, &answer)
}

/// What every answer has.
#[derive(Deserialize)]
struct Outcome {
    #[serde(default, deserialize_with = "lenient")]
    status: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    status_message: Option<String>,
}

/// Reads an answer: what it gives, or what the refusal means.
pub(super) fn read<T: DeserializeOwned>(wire: &Wire, answer: &Answer) -> Result<T, ProviderError> {
    let unreadable = || errors::unreadable(answer.status, answer.retry_after());
    let outcome: Outcome = answer.json().ok_or_else(unreadable)?;
    match outcome.status.and_then(|status| status.0.parse().ok()) {
        Some(0) if answer.is_success() => answer.json().ok_or_else(unreadable),
        None | Some(0) => Err(unreadable()),
        Some(status) => {
            let words = outcome.status_message.unwrap_or_default();
            Err(errors::classify(
                wire,
                answer.status,
                status,
                &words,
                answer.retry_after(),
            ))
        }
    }
}
