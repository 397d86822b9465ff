//! What is sent to Viber.

use super::{api, settings};
use crate::{
    Account, Sent, Wire,
    cutting::{self, Measure},
    download, draft,
    lenient::{Id, lenient},
    media,
};
use model::{
    message::{Button, ButtonAction, Envelope, ErrorClass, Outbound, Part, ProviderError},
    settings,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The longest name of a sender.
const SENDER: usize = 28;
/// The longest tracking data that leave room for the rest of a message; Viber itself allows 4,000.
const TRACKING: usize = 1_000;
/// The columns of a keyboard.
pub(super) const COLUMNS: usize = 6;
/// The versions of Viber's API that clients need: for everything, for buttons that ask, for hiding the input field.
const PLAIN: u8 = 1;
const ASKING: u8 = 3;
const HIDING: u8 = 4;

#[derive(Deserialize)]
struct Taken {
    #[serde(default, deserialize_with = "lenient")]
    message_token: Option<Id>,
}

/// Sends a piece with one call.
pub(super) async fn send(wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
    let Some(mut body) = body(account, &envelope.message) else {
        return Err(download::failed(
            ErrorClass::Invalid,
            "Viber has no call for this message. Send a text in its place.",
        ));
    };
    body.insert("receiver".to_owned(), envelope.thread.external_id.as_str().into());
    let key = envelope.idempotency_key.as_str();
    if key.len() <= TRACKING {
        body.insert("tracking_data".to_owned(), key.into());
    }
    let taken: Taken = api::call(wire, account, "send_message", &body).await?;
    Ok(Sent {
        external_id: taken.message_token.map(|token| token.0),
    })
}

/// The message that is shown to somebody who opened the chat; none if the gateway has none.
pub(super) fn welcome(account: &Account) -> Option<Value> {
    let text = settings(account).welcome;
    let message = Outbound {
        parts: vec![Part::text(text.trim())],
        ..Outbound::default()
    };
    (!text.trim().is_empty())
        .then(|| body(account, &message))?
        .map(Value::from)
}

/// The arguments for a piece, without the receiver; none for parts that Viber has no type for.
pub(super) fn body(account: &Account, message: &Outbound) -> Option<Map<String, Value>> {
    let mut body = Map::new();
    let mut set = |key: &str, value: Value| {
        body.insert(key.to_owned(), value);
    };
    let kind = match message.parts.first()? {
        Part::Text { text } => {
            set("text", text.as_str().into());
            "text"
        }
        Part::Image { file, caption } => {
            set("text", caption.as_deref().unwrap_or_default().into());
            set("media", media::address(file)?.into());
            "picture"
        }
        Part::Video { file, .. } => {
            set("media", media::address(file)?.into());
            set("size", file.size?.into());
            "video"
        }
        Part::Document { file, .. } | Part::Audio { file, .. } | Part::Voice { file, .. } => {
            set("media", media::address(file)?.into());
            set("size", file.size?.into());
            set("file_name", media::name(file)?.into());
            "file"
        }
        Part::Link { url, .. } => {
            set("media", url.as_str().into());
            "url"
        }
        Part::Location { lat, lon, .. } => {
            set("location", json!({ "lat": lat, "lon": lon }));
            "location"
        }
        Part::Contact { name, phones, .. } => {
            set("contact", json!({ "name": name, "phone_number": phones.first()? }));
            "contact"
        }
        _ => return None,
    };
    let settings = settings(account);
    set("type", kind.into());
    set("sender", json!({ "name": sender(account, &settings) }));
    set("min_api_version", version(message).into());
    if !message.buttons.is_empty() {
        set("keyboard", keyboard(&settings, message));
    }
    Some(body)
}

fn sender(account: &Account, settings: &settings::Viber) -> String {
    let name = match settings.bot_name.trim() {
        "" => account.name.trim(),
        name => name,
    };
    cutting::head(name, &[Measure::utf16(SENDER)]).trim_end().to_owned()
}

fn version(message: &Outbound) -> u8 {
    let mut buttons = message.buttons.iter().flatten();
    if message.buttons.is_empty() {
        PLAIN
    } else if message.no_input {
        HIDING
    } else if buttons.any(|button| !matches!(button.action, ButtonAction::Reply { .. } | ButtonAction::Url { .. })) {
        ASKING
    } else {
        PLAIN
    }
}

fn keyboard(settings: &settings::Viber, message: &Outbound) -> Value {
    let rows = message.buttons.iter();
    let buttons: Vec<Value> = rows
        .flat_map(|row| {
            let widths = widths(row.len());
            row.iter()
                .zip(widths)
                .map(|(one, columns)| button(settings, one, columns))
        })
        .collect();
    json!({
        "Type": "keyboard",
        "DefaultHeight": false,
        "InputFieldState": if message.no_input { "hidden" } else { "regular" },
        "Buttons": buttons,
    })
}

/// How wide the buttons of a row are, so that they fill it: a row that is not full would take buttons of the next.
fn widths(count: usize) -> impl Iterator<Item = usize> {
    let (each, rest) = match count {
        0 => (0, 0),
        count => (COLUMNS / count, COLUMNS % count),
    };
    (0..count).map(move |index| (each + usize::from(index < rest)).max(1))
}

/// A button as Viber draws it.
pub(super) fn button(settings: &settings::Viber, button: &Button, columns: usize) -> Value {
    let (action, body) = match &button.action {
        ButtonAction::Url { url } => ("open-url", url.clone()),
        ButtonAction::RequestPhone => ("share-phone", "reply".to_owned()),
        ButtonAction::RequestLocation => ("location-picker", "reply".to_owned()),
        _ => ("reply", draft::payload(button)),
    };
    let mut key = json!({
        "Columns": columns,
        "Rows": 1,
        "ActionType": action,
        "ActionBody": body,
        "Text": label(settings, button),
    });
    if !settings.button_background.is_empty() {
        key["BgColor"] = settings.button_background.as_str().into();
    }
    key
}

/// What is written on a button, with its colour: Viber reads some HTML there.
pub(super) fn label(settings: &settings::Viber, button: &Button) -> String {
    let title = draft::title(button);
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match settings.button_color.as_str() {
        "" => title,
        color => format!("<font color=\"{color}\">{title}</font>"),
    }
}
