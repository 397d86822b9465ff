//! `reply_markup`: buttons under a message, and keyboards.

use super::answer::Failure;
use crate::{
    args::Args,
    chat::Keyboard,
    seen::{Button, Press},
};
use serde_json::Value;
use url::Url;

/// The most buttons of a message.
const MOST: usize = 100;
/// The longest `callback_data`, in bytes.
const LONGEST_DATA: usize = 64;

/// What `reply_markup` asks for.
#[derive(Debug)]
pub(crate) struct Markup {
    /// What becomes part of the message.
    pub inline: Option<Value>,
    pub buttons: Vec<Vec<Button>>,
    pub is_inline: bool,
    pub keyboard: Keyboard,
}

/// Reads the markup of a call.
pub(crate) fn read(args: &Args, is_private: bool) -> Result<Markup, Failure> {
    let mut markup = Markup {
        inline: None,
        buttons: Vec::new(),
        is_inline: false,
        keyboard: Keyboard::Keep,
    };
    let Some(given) = args.json("reply_markup") else {
        return Ok(markup);
    };
    let given = given.map_err(|_| Failure::bad("can't parse reply keyboard markup JSON object"))?;
    if !given.is_object() {
        return Err(Failure::bad("object expected as reply markup"));
    }
    if let Some(rows) = given.get("inline_keyboard") {
        markup.buttons = buttons(rows, "inline_keyboard", inline)?;
        markup.is_inline = true;
        markup.inline = (!markup.buttons.is_empty()).then(|| given.clone());
    } else if let Some(rows) = given.get("keyboard") {
        markup.buttons = buttons(rows, "keyboard", |button| reply(button, is_private))?;
        markup.keyboard = Keyboard::Show;
    } else if given["remove_keyboard"].as_bool() == Some(true) {
        markup.keyboard = Keyboard::Remove;
    }
    let count: usize = markup.buttons.iter().map(Vec::len).sum();
    if count > MOST {
        return Err(Failure::bad("reply markup is too long"));
    }
    if let Some(placeholder) = given.get("input_field_placeholder").and_then(Value::as_str)
        && crate::text::chars(placeholder) > 64
    {
        return Err(Failure::bad("input field placeholder is too long"));
    }
    Ok(markup)
}

fn buttons(
    rows: &Value,
    field: &str,
    read: impl Fn(&Value) -> Result<Button, Failure>,
) -> Result<Vec<Vec<Button>>, Failure> {
    let array = |value: &Value| {
        let wrong = || {
            Failure::bad(format!(
                "field \"{field}\" of the reply markup must be an Array of Arrays"
            ))
        };
        value.as_array().cloned().ok_or_else(wrong)
    };
    let rows = array(rows)?;
    rows.iter()
        .map(|row| array(row)?.iter().map(&read).collect::<Result<Vec<_>, _>>())
        .filter(|row| row.as_ref().map_or(true, |row| !row.is_empty()))
        .collect()
}

fn inline(button: &Value) -> Result<Button, Failure> {
    let wrong = |why: &str| Failure::bad(format!("can't parse inline keyboard button: {why}"));
    let Some(title) = button["text"].as_str() else {
        return Err(wrong("Can't find field \"text\""));
    };
    if title.is_empty() {
        return Err(Failure::bad("inline keyboard button text must be non-empty"));
    }
    let press = if let Some(url) = button["url"].as_str() {
        let is_url = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "tg"));
        if !is_url {
            let text = format!("inline keyboard button URL '{url}' is invalid: Wrong HTTP URL");
            return Err(Failure::bad(text));
        }
        Press::Url { url: url.to_owned() }
    } else if let Some(data) = button["callback_data"].as_str().filter(|data| !data.is_empty()) {
        if data.len() > LONGEST_DATA {
            return Err(Failure::bad("BUTTON_DATA_INVALID"));
        }
        Press::Payload {
            payload: data.to_owned(),
        }
    } else {
        return Err(wrong("Text buttons are unallowed in the inline keyboard"));
    };
    Ok(Button {
        title: title.to_owned(),
        press,
    })
}

/// A button of a keyboard is an object, or just its text.
fn reply(button: &Value, is_private: bool) -> Result<Button, Failure> {
    let title = button.as_str().or_else(|| button["text"].as_str());
    let Some(title) = title else {
        return Err(Failure::bad("can't parse keyboard button: Can't find field \"text\""));
    };
    if title.is_empty() {
        return Err(Failure::bad("keyboard button text must be non-empty"));
    }
    let asks = |field: &str| button[field].as_bool() == Some(true);
    let press = if asks("request_contact") {
        Press::Phone
    } else if asks("request_location") {
        Press::Location
    } else {
        Press::Text { text: title.to_owned() }
    };
    match press {
        Press::Phone if !is_private => Err(Failure::bad("phone number can be requested in private chats only")),
        Press::Location if !is_private => Err(Failure::bad("location can be requested in private chats only")),
        press => Ok(Button {
            title: title.to_owned(),
            press,
        }),
    }
}
