//! An update as Telegram writes it.

use crate::{failure::Fallible, load::Question};
use http::{Method, Request, header};
use http_body_util::Full;
use hyper::body::Bytes;

/// Chats that write in turns.
pub const CHATS: u32 = 1_000;

/// Where a bot's updates go.
#[derive(Clone, Debug)]
pub struct Door {
    /// The path of its webhook.
    pub path: String,
    /// What the webhook knows Telegram by.
    pub secret: String,
}

/// The message of this number, written by its chat; the text is the number.
pub fn update(number: u64) -> String {
    let chat = 5_000_000 + number % u64::from(CHATS);
    format!(
        "{{\"update_id\":{id},\"message\":{{\"message_id\":{number},\"from\":{{\"id\":{chat},\"is_bot\":false,\
         \"first_name\":\"Olha\",\"last_name\":\"Kovalenko\",\"username\":\"olha_{chat}\",\"language_code\":\"uk\"}},\
         \"chat\":{{\"id\":{chat},\"first_name\":\"Olha\",\"last_name\":\"Kovalenko\",\"username\":\"olha_{chat}\",\
         \"type\":\"private\"}},\"date\":1764000000,\"text\":\"{number}\"}}}}",
        id = 700_000_000 + number,
    )
}

/// The call of a webhook.
pub fn question(door: &Door, update: String) -> Fallible<Question> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(door.path.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT_ENCODING, "gzip, deflate")
        .header("x-telegram-bot-api-secret-token", door.secret.as_str());
    Ok(request.body(Full::new(Bytes::from(update)))?)
}

/// The number that an answer repeats.
pub fn answered(text: &str) -> Option<u64> {
    text.strip_prefix("You said: ")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_json_whose_text_is_its_number() {
        let update: serde_json::Value = serde_json::from_str(&update(1_007)).unwrap();
        assert_eq!(update["message"]["text"], "1007");
        assert_eq!(update["message"]["chat"]["id"], 5_000_007);
        assert_eq!(answered("You said: 1007"), Some(1_007));
        assert_eq!(answered("Hello"), None);
    }
}
