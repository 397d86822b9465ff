//! What Telegram's refusals mean.

use crate::Wire;
use model::message::{ErrorClass, ProviderError};

/// What the messenger said about a call that it refused.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused<'a> {
    /// `error_code`, the same as the status of the answer.
    pub code: u16,
    /// In its own words; empty if there was no JSON.
    pub description: &'a str,
    /// From the parameters or the header.
    pub retry_after: Option<u32>,
}

/// Classifies a refusal and says what to do about it.
pub(super) fn classify(wire: &Wire, http: u16, refused: &Refused<'_>) -> ProviderError {
    let class = class(refused);
    ProviderError {
        class,
        http: Some(http),
        code: Some(refused.code.to_string()),
        subcode: None,
        message: said(wire, sentence(refused), refused.description, refused.code),
        trace_id: None,
    }
}

/// An answer that can't be read: on success nobody knows whether the messenger has acted.
pub(super) fn unreadable(http: u16) -> ProviderError {
    let (class, sentence) = match http {
        200..=299 | 504 => (
            ErrorClass::Ambiguous,
            "Telegram's answer can't be read, so nobody knows whether it did what it was asked to.",
        ),
        401 | 403 | 404 => (
            ErrorClass::Auth,
            "What answers is not the Bot API, or does not know the token. Check the token and the address of Telegram.",
        ),
        413 => (ErrorClass::TooLarge, "The message is too large for Telegram."),
        429 => (ErrorClass::RateLimited { retry_after: None }, TOO_MUCH),
        500..=599 => (ErrorClass::Transient, TROUBLE),
        _ => (
            ErrorClass::Unknown,
            "What answers is not the Bot API. Check the address of Telegram in the configuration.",
        ),
    };
    ProviderError {
        class,
        http: Some(http),
        code: None,
        subcode: None,
        message: format!("{sentence} The answer's status is {http}."),
        trace_id: None,
    }
}

const TOO_MUCH: &str = "Telegram was called too often; it is tried again when Telegram allows it.";
const TROUBLE: &str = "Telegram has trouble at the moment; it is tried again.";

fn class(refused: &Refused<'_>) -> ErrorClass {
    match refused.code {
        400 => ErrorClass::Invalid,
        401 | 404 => ErrorClass::Auth,
        403 => ErrorClass::Blocked,
        409 | 421 => ErrorClass::Permission,
        413 => ErrorClass::TooLarge,
        429 => ErrorClass::RateLimited {
            retry_after: refused.retry_after,
        },
        500..=599 => ErrorClass::Transient,
        _ => ErrorClass::Unknown,
    }
}

fn sentence(refused: &Refused<'_>) -> &'static str {
    let about = |words: &str| refused.description.to_lowercase().contains(words);
    match refused.code {
        400 if about("chat not found") => "There is no such chat, or the peer has not started the bot.",
        400 if about("file is too big") => "The file is larger than the 20 MB that Telegram gives out to bots.",
        400 if about("wrong file") || about("temporarily unavailable") => "Telegram does not have this file any more.",
        400 if about("failed to get http url content") || about("wrong type of the web page content") => {
            "Telegram could not fetch the file from its address. Check that the address is public and gives the file itself."
        }
        400 if about("not enough rights") || about("have no rights") => {
            "The bot may not write in this chat. Its administrators have to allow it."
        }
        400 if about("upgraded to a supergroup") => "The group has another number now.",
        400 => "Telegram does not accept this.",
        401 => {
            "Telegram does not accept the token. Take the bot's present token from @BotFather and save it on the card."
        }
        403 if about("kicked") || about("not a member") => "The bot was removed from this chat.",
        403 if about("deactivated") => "The peer's account does not exist any more.",
        403 if about("initiate") => "The peer has not started the bot, and a bot can't write first.",
        403 => "The peer has blocked the bot.",
        404 => "Telegram does not know this token. Take the bot's token from @BotFather and save it on the card.",
        409 if about("webhook") => {
            "Another program has set a webhook for this bot, so its events can't be asked for. Stop that program, or \
             connect the gateway again."
        }
        409 => "Another program asks for the events of this bot. Stop that program, or use a bot of its own for each.",
        413 => "The message is too large for Telegram.",
        421 => "This Bot API server is not the one for this bot. Check the address of Telegram in the configuration.",
        429 => TOO_MUCH,
        500..=599 => TROUBLE,
        _ => "Telegram refused.",
    }
}

/// Our sentence, then the messenger's words without secrets.
fn said(wire: &Wire, sentence: &str, description: &str, code: u16) -> String {
    if description.is_empty() {
        return format!("{sentence} Telegram says: {code}");
    }
    format!("{sentence} Telegram says: {}", wire.hide(description))
}
