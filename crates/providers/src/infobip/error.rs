//! What Infobip refuses, in its two shapes of errors and in the outcome of a message.

use crate::{Answer, Wire, lenient, reading::quoting};
use model::message::{ErrorClass, ProviderError};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What became of a message, or what went wrong with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Outcome {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: Option<String>,
    group_id: Option<i64>,
    group_name: Option<String>,
    pub(super) name: Option<String>,
    description: Option<String>,
}

/// Infobip's groups of outcomes, by what follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Accepted, or on its way.
    Taken,
    /// There.
    Delivered,
    /// It will not arrive.
    Failed,
    /// A group that this version does not know.
    Unknown,
}

impl Outcome {
    pub(super) fn group(&self) -> Group {
        match (self.group_name.as_deref(), self.group_id) {
            (Some("ACCEPTED" | "PENDING" | "OK"), _) | (None, Some(0 | 1)) => Group::Taken,
            (Some("DELIVERED"), _) | (None, Some(3)) => Group::Delivered,
            (Some("UNDELIVERABLE" | "EXPIRED" | "REJECTED"), _) | (None, Some(2 | 4 | 5)) => Group::Failed,
            _ => Group::Unknown,
        }
    }

    /// Whether the message is refused because an earlier attempt with the same id was taken.
    pub(super) fn is_repetition(&self) -> bool {
        self.name.as_deref() == Some("REJECTED_DUPLICATE_MESSAGE_ID")
    }
}

/// Why a message was not delivered; the error says more than the status, if there is one.
pub(super) fn undelivered(status: &Outcome, error: Option<&Outcome>) -> ProviderError {
    let told = error.filter(|error| error.name.as_deref().is_some_and(|name| name != "NO_ERROR"));
    let cause = told.unwrap_or(status);
    let name = cause.name.as_deref().unwrap_or_default();
    let class = class_of(name);
    let sentence = match name {
        "REJECTED_NOT_ENOUGH_CREDITS" | "REJECTED_PREPAID_PACKAGE_EXPIRED" | "EC_PROVIDER_BILLING_ERROR" => {
            "The Infobip account has no credit. Top it up."
        }
        "EXPIRED_EXPIRED" | "EXPIRED_DLR_UNKNOWN" => "The message could not be delivered in time.",
        _ if class == ErrorClass::Unknown => "The message was not delivered.",
        _ => sentence(class),
    };
    let words = cause
        .description
        .as_deref()
        .filter(|words| !words.trim().is_empty())
        .unwrap_or(name);
    ProviderError {
        class,
        http: None,
        code: cause.name.clone(),
        subcode: cause.id.clone(),
        message: quoting(sentence, "Infobip", words),
        trace_id: None,
    }
}

fn class_of(name: &str) -> ErrorClass {
    match name {
        "EC_NO_SESSION" => ErrorClass::WindowClosed,
        // Meta's own word for it, which is passed on in more than one spelling.
        name if name.contains("REENGAGEMENT") => ErrorClass::WindowClosed,
        "EC_BLOCKED_USER" | "EC_MARKETING_OPT_OUT" | "EC_TEMPLATE_BLOCKED_BY_USER" | "REJECTED_DND" => {
            ErrorClass::Blocked
        }
        "EC_UNKNOWN_USER" | "REJECTED_DESTINATION" | "REJECTED_PREFIX_MISSING" | "MISSING_TO" => ErrorClass::NotFound,
        "EC_TOO_MANY_REQUESTS" | "EC_SPAM_RATE" | "EC_FREQUENCY_CAPPING" | "REJECTED_FLOODING_FILTER" => {
            ErrorClass::RateLimited { retry_after: None }
        }
        "EC_UNAUTHORIZED_ACCESS" => ErrorClass::Auth,
        "EC_FORBIDDEN_ACCESS"
        | "EC_ACCOUNT_ISSUE"
        | "EC_SENDER_NOT_REGISTERED"
        | "EC_SERVICE_NOT_ACTIVATED"
        | "EC_PROVIDER_BILLING_ERROR"
        | "REJECTED_NOT_ENOUGH_CREDITS"
        | "REJECTED_PREPAID_PACKAGE_EXPIRED"
        | "REJECTED_SOURCE"
        | "REJECTED_SENDER"
        | "REJECTED_DESTINATION_BLOCKLISTED"
        | "REJECTED_DESTINATION_NOT_REGISTERED"
        | "REJECTED_ROUTE_NOT_AVAILABLE" => ErrorClass::Permission,
        "EC_BAD_REQUEST"
        | "EC_BLOCKED_CONTENT"
        | "EC_DATA_MISMATCH"
        | "EC_INVALID_TEMPLATE"
        | "EC_INVALID_TEMPLATE_ARGS"
        | "EC_MEDIA_METADATA_ERROR"
        | "EC_MEDIA_UNSUPPORTED"
        | "REJECTED_MESSAGE_TOO_LONG" => ErrorClass::Invalid,
        "EC_INTERNAL_ERROR"
        | "EC_MEDIA_HOSTING_ERROR"
        | "EC_MEDIA_UPLOAD_ERROR"
        | "EC_PROVIDER_INTERNAL_ERROR"
        | "EC_PROVIDER_TIMEOUT"
        | "EC_TEMPORARY_GATEWAY_ERROR"
        | "REJECTED_SYSTEM_ERROR" => ErrorClass::Transient,
        _ => ErrorClass::Unknown,
    }
}

const fn sentence(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Auth => {
            "Infobip doesn't accept the API key. Make a key in the Infobip portal under Developer tools and save it here."
        }
        ErrorClass::Permission => "The Infobip account or its API key isn't allowed to do this.",
        ErrorClass::Blocked => "The recipient doesn't take messages from this number.",
        ErrorClass::WindowClosed => {
            "More than 24 hours have passed since the recipient's last message, so WhatsApp takes no answer."
        }
        ErrorClass::RateLimited { .. } => "Infobip was asked too often.",
        ErrorClass::Invalid => "Infobip doesn't accept the message.",
        ErrorClass::NotFound => "Infobip doesn't know this number or file.",
        ErrorClass::TooLarge => "The message is too large for Infobip.",
        ErrorClass::Transient => "Infobip has trouble at the moment.",
        _ => "Infobip refused.",
    }
}

/// Both shapes of an error's body in one.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    request_error: Option<RequestError>,
    #[serde(deserialize_with = "lenient::text")]
    error_code: Option<String>,
    description: Option<String>,
    action: Option<String>,
    #[serde(deserialize_with = "lenient::each")]
    violations: Vec<Violation>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RequestError {
    service_exception: ServiceException,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ServiceException {
    #[serde(deserialize_with = "lenient::text")]
    message_id: Option<String>,
    text: Option<String>,
    validation_errors: Option<serde_json::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Violation {
    property: String,
    violation: String,
}

impl Body {
    /// The code of an error, and what Infobip says about it.
    fn words(self) -> (Option<String>, String) {
        let (code, words) = if let Some(error) = self.request_error {
            let exception = error.service_exception;
            (
                exception.message_id,
                [exception.text, details(exception.validation_errors)],
            )
        } else {
            let each = self
                .violations
                .iter()
                .map(|one| format!("{}: {}", one.property, one.violation));
            let each: Vec<_> = each.collect();
            let more = if each.is_empty() {
                self.action
            } else {
                Some(each.join(", "))
            };
            (self.error_code, [self.description, more])
        };
        let words = words.iter().filter_map(|words| lenient::filled(words.as_deref()));
        (code, words.collect::<Vec<_>>().join("; "))
    }
}

/// An answer that is no success.
pub(super) fn refused(wire: &Wire, answer: &Answer) -> ProviderError {
    let body: Body = answer.json().unwrap_or_default();
    let (code, words) = body.words();
    let class = match answer.status {
        401 => ErrorClass::Auth,
        403 => ErrorClass::Permission,
        404 => ErrorClass::NotFound,
        413 => ErrorClass::TooLarge,
        429 => ErrorClass::RateLimited {
            retry_after: answer.retry_after(),
        },
        400..500 => ErrorClass::Invalid,
        500.. => ErrorClass::Transient,
        _ => ErrorClass::Unknown,
    };
    let trace_id = answer.headers.get("x-request-id").and_then(|id| id.to_str().ok());
    ProviderError {
        class,
        http: Some(answer.status),
        code,
        subcode: None,
        message: wire.hide(&quoting(sentence(class), "Infobip", &words)),
        trace_id: trace_id.map(str::to_owned),
    }
}

/// A success that nobody understands. With the same id nothing is sent twice, so it may be tried again.
pub(super) fn unclear(answer: &Answer) -> ProviderError {
    ProviderError {
        class: ErrorClass::Ambiguous,
        http: Some(answer.status),
        code: None,
        subcode: None,
        message: "Infobip's answer doesn't say whether it has taken the message.".to_owned(),
        trace_id: None,
    }
}

/// `{"content.text":["must not be blank"]}` as words.
fn details(errors: Option<serde_json::Value>) -> Option<String> {
    let errors: BTreeMap<String, Vec<String>> = serde_json::from_value(errors?).ok()?;
    let each = errors
        .iter()
        .map(|(field, problems)| format!("{field}: {}", problems.join(", ")));
    Some(each.collect::<Vec<_>>().join("; "))
}
