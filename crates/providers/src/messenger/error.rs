//! What Meta refuses, and what follows from it.

use crate::{
    Answer,
    lenient::{self, filled},
    reading::quoting,
};
use model::message::{ErrorClass, ProviderError};
use serde::Deserialize;

/// Meta's code for an address that it could not verify.
pub(super) const CALLBACK_NOT_VERIFIED: &str = "2200";

/// An error as Meta tells it, in an answer or in an event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GraphError {
    code: Option<i64>,
    error_subcode: Option<i64>,
    title: Option<String>,
    message: Option<String>,
    error_data: Option<ErrorData>,
    error_user_msg: Option<String>,
    is_transient: Option<bool>,
    #[serde(deserialize_with = "lenient::text")]
    fbtrace_id: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ErrorData {
    details: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    error: Option<GraphError>,
}

/// Whether an answer tells of an error, whatever its status.
pub(super) fn is_told(answer: &Answer) -> bool {
    answer.json().is_some_and(|body: Body| body.error.is_some())
}

/// A success that nobody understands.
pub(super) fn unclear(answer: &Answer) -> ProviderError {
    without_words(answer, ErrorClass::Ambiguous, "")
}

fn without_words(answer: &Answer, class: ErrorClass, whose: &str) -> ProviderError {
    ProviderError {
        class,
        http: Some(answer.status),
        code: None,
        subcode: None,
        message: sentence(class, None, None, whose),
        trace_id: None,
    }
}

/// An answer that is no success; `whose` token it was is told in the sentence.
pub(super) fn refused(answer: &Answer, whose: &str) -> ProviderError {
    let body: Body = answer.json().unwrap_or_default();
    let retry_after = answer.retry_after();
    let Some(error) = body.error else {
        return without_words(answer, by_status(answer.status, retry_after), whose);
    };
    let mut refusal = error.into_refusal(whose);
    if let ErrorClass::RateLimited { .. } = refusal.class {
        refusal.class = ErrorClass::RateLimited { retry_after };
    }
    if refusal.class == ErrorClass::Unknown {
        // Meta itself has answered, so it is known that nothing was taken.
        let class = by_status(answer.status, retry_after);
        refusal.class = if class == ErrorClass::Ambiguous {
            ErrorClass::Transient
        } else {
            class
        };
    }
    refusal.http = Some(answer.status);
    refusal
}

impl GraphError {
    /// What the error means.
    pub(super) fn into_refusal(self, whose: &str) -> ProviderError {
        let class = self.class();
        let details = self.error_data.and_then(|data| data.details);
        let words = [details, self.error_user_msg, self.message, self.title];
        let words = words
            .iter()
            .find_map(|words| filled(words.as_deref()))
            .unwrap_or_default();
        ProviderError {
            class,
            http: None,
            code: self.code.map(|code| code.to_string()),
            subcode: self.error_subcode.map(|code| code.to_string()),
            message: quoting(&sentence(class, self.code, self.error_subcode, whose), "Meta", &words),
            trace_id: self.fbtrace_id,
        }
    }

    fn class(&self) -> ErrorClass {
        let limited = ErrorClass::RateLimited { retry_after: None };
        match (self.code.unwrap_or_default(), self.error_subcode.unwrap_or_default()) {
            (1 | 2 | 131_000 | 131_016, _) => ErrorClass::Transient,
            (4 | 17 | 32 | 341 | 613 | 80_000..=80_014 | 130_429 | 131_048 | 131_049 | 131_056, _) => limited,
            (10, 2_018_278 | 2_018_065 | 2_534_022) | (470 | 131_047, _) => ErrorClass::WindowClosed,
            (10 | 200..=299 | 131_005, _) => ErrorClass::Permission,
            (100, 33 | 2_018_001) => ErrorClass::NotFound,
            (100 | 131_008 | 131_009 | 131_051..=131_053 | 131_062 | 132_000..=132_999, _) => ErrorClass::Invalid,
            (102 | 190, _) => ErrorClass::Auth,
            (551 | 131_026 | 131_050, _) => ErrorClass::Blocked,
            _ if self.is_transient == Some(true) => ErrorClass::Transient,
            _ => ErrorClass::Unknown,
        }
    }
}

/// By the status alone. Whoever stands before Meta and answers 502 does not know what Meta did.
const fn by_status(status: u16, retry_after: Option<u32>) -> ErrorClass {
    match status {
        401 => ErrorClass::Auth,
        403 => ErrorClass::Permission,
        404 => ErrorClass::NotFound,
        413 => ErrorClass::TooLarge,
        429 => ErrorClass::RateLimited { retry_after },
        400..500 => ErrorClass::Invalid,
        503 => ErrorClass::Transient,
        500.. => ErrorClass::Ambiguous,
        _ => ErrorClass::Unknown,
    }
}

fn sentence(class: ErrorClass, code: Option<i64>, subcode: Option<i64>, whose: &str) -> String {
    match (class, code, subcode) {
        (ErrorClass::Auth, _, subcode) => {
            let why = match subcode {
                Some(460) => ", because a password was changed",
                Some(463) => ", because it has expired",
                _ => "",
            };
            if whose == "the app" {
                return "Meta doesn't accept the App ID and App Secret. Copy both again from the app's settings at Meta."
                    .to_owned();
            }
            format!("Meta no longer accepts the token of {whose}{why}. Connect it again on the gateway's card.")
        }
        (ErrorClass::Permission, Some(10), Some(1_893_063)) => {
            format!("Meta has restricted {whose}. Look at its quality page at Meta.")
        }
        (ErrorClass::Permission, ..) => {
            format!("Meta doesn't allow this to {whose}. Check the permissions that the app has been granted.")
        }
        (ErrorClass::WindowClosed, Some(470 | 131_047), _) => {
            "More than 24 hours have passed since the person's last message, so WhatsApp takes no answer.".to_owned()
        }
        (ErrorClass::WindowClosed, ..) => {
            "More than 24 hours have passed since the person's last message, so Meta takes no answer.".to_owned()
        }
        (ErrorClass::Blocked, Some(131_026), _) => {
            "WhatsApp can't deliver to this person, who may have no WhatsApp or has blocked the number.".to_owned()
        }
        (ErrorClass::Blocked, ..) => format!("The person doesn't take messages from {whose}."),
        (ErrorClass::RateLimited { .. }, ..) => "Meta was asked too often.".to_owned(),
        (ErrorClass::NotFound, ..) => format!("Meta doesn't know this, or doesn't show it to {whose}."),
        (ErrorClass::Invalid, ..) => "Meta doesn't accept this.".to_owned(),
        (ErrorClass::TooLarge, ..) => "This is too large for Meta.".to_owned(),
        (ErrorClass::Transient, ..) => "Meta has trouble at the moment.".to_owned(),
        (ErrorClass::Ambiguous, ..) => "Meta's answer doesn't say whether it has done this.".to_owned(),
        _ => "Meta refused.".to_owned(),
    }
}
