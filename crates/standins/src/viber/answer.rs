//! The answers: success is status 0, everything else is another one.

use crate::answer;
use axum::response::Response;
use serde_json::{Value, json};

/// The statuses that are used here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    InvalidUrl = 1,
    InvalidAuthToken = 2,
    BadData = 3,
    MissingData = 4,
    ReceiverNotRegistered = 5,
    ReceiverNotSubscribed = 6,
    WebhookNotSet = 10,
    TooManyRequests = 12,
}

/// What each status is called.
const NAMES: [&str; 21] = [
    "ok",
    "invalidUrl",
    "invalidAuthToken",
    "badData",
    "missingData",
    "receiverNotRegistered",
    "receiverNotSubscribed",
    "publicAccountBlocked",
    "publicAccountNotFound",
    "publicAccountSuspended",
    "webhookNotSet",
    "receiverNoSuitableDevice",
    "tooManyRequests",
    "apiVersionNotSupported",
    "incompatibleWithVersion",
    "publicAccountNotAuthorized",
    "inchatReplyMessageNotAllowed",
    "publicAccountIsNotInline",
    "noPublicChat",
    "cannotSendBroadcast",
    "broadcastNotAllowed",
];

/// Why a message or a call is refused.
pub(crate) type Refused = (Status, String);

pub(crate) const HOST: &str = "SN-CHAT-03_";

fn name(code: i64) -> &'static str {
    let name = usize::try_from(code).ok().and_then(|code| NAMES.get(code));
    name.copied().unwrap_or("generalError")
}

pub(crate) fn ok(mut fields: Value) -> Response {
    fields["status"] = json!(0);
    fields["status_message"] = json!("ok");
    answer::json(200, &fields)
}

pub(crate) fn fail(status: Status, why: &str) -> Response {
    answer::json(200, &failed(status, why))
}

/// A refusal within a list of them.
pub(crate) fn failed(status: Status, why: &str) -> Value {
    let code = status as i64;
    json!({ "status": code, "status_message": format!("{}: {why}", name(code)) })
}

/// A fault: with a code it is said as Viber says it, without one it is an error of HTTP.
pub(crate) fn refusal(status: u16, code: Option<i64>, message: Option<String>) -> Response {
    match code {
        Some(code) => {
            let message = message.unwrap_or_else(|| name(code).to_owned());
            answer::json(200, &json!({ "status": code, "status_message": message }))
        }
        None => answer::raw(status, "text/html", message.unwrap_or_default()),
    }
}

pub(crate) fn rate_limit() -> Response {
    fail(Status::TooManyRequests, "too many requests")
}
