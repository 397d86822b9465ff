//! Templates: words with buttons, and cards.

use super::check::too_long;
use crate::{
    graph::answer::Failure,
    seen::{Button, Press, Seen},
    text::chars,
};
use serde_json::Value;

pub(super) fn read(payload: &Value) -> Result<Seen, Failure> {
    match payload["template_type"].as_str() {
        Some("button") => {
            let text = payload["text"].as_str().unwrap_or_default();
            if text.is_empty() {
                return Err(Failure::missing("message[attachment][payload][text]"));
            }
            if chars(text) > 640 {
                return Err(too_long("message[attachment][payload][text]", 640));
            }
            let buttons = buttons(&payload["buttons"], 1)?;
            Ok(seen(text.to_owned(), buttons))
        }
        Some("generic") => {
            let cards = payload["elements"].as_array().map(Vec::as_slice).unwrap_or_default();
            if cards.is_empty() || cards.len() > 10 {
                return Err(Failure::invalid(
                    "Param message[attachment][payload][elements] must have 1 to 10 elements",
                ));
            }
            let mut words = Vec::new();
            let mut rows = Vec::new();
            for given in cards {
                let (text, buttons) = card(given)?;
                words.push(text);
                rows.extend(buttons);
            }
            Ok(seen(words.join("\n\n"), rows))
        }
        Some("media" | "receipt" | "customer_feedback" | "product") => Ok(seen(String::new(), Vec::new())),
        _ => Err(Failure::invalid(
            "Param message[attachment][payload][template_type] is unknown",
        )),
    }
}

fn seen(text: String, buttons: Vec<Vec<Button>>) -> Seen {
    Seen {
        kind: "template",
        text,
        buttons,
        inline: true,
        ..Seen::default()
    }
}

fn card(given: &Value) -> Result<(String, Vec<Vec<Button>>), Failure> {
    let text = |field: &str| given[field].as_str().unwrap_or_default();
    if text("title").is_empty() {
        return Err(Failure::missing("message[attachment][payload][elements][title]"));
    }
    for field in ["title", "subtitle"] {
        if chars(text(field)) > 80 {
            return Err(too_long(
                &format!("message[attachment][payload][elements][{field}]"),
                80,
            ));
        }
    }
    let buttons = buttons(&given["buttons"], 0)?;
    Ok((
        format!("{}\n{}", text("title"), text("subtitle")).trim().to_owned(),
        buttons,
    ))
}

/// One to three buttons, or none where that is allowed; each in a row of its own.
fn buttons(given: &Value, least: usize) -> Result<Vec<Vec<Button>>, Failure> {
    let given = given.as_array().map(Vec::as_slice).unwrap_or_default();
    if !(least..=3).contains(&given.len()) {
        return Err(Failure::invalid(&format!(
            "Param message[attachment][payload][buttons] must have {least} to 3 elements"
        )));
    }
    given.iter().map(|given| Ok(vec![button(given)?])).collect()
}

fn button(given: &Value) -> Result<Button, Failure> {
    let text = |field: &str| given[field].as_str().unwrap_or_default();
    if text("title").is_empty() {
        return Err(Failure::missing("buttons[title]"));
    }
    if chars(text("title")) > 20 {
        return Err(too_long("buttons[title]", 20));
    }
    let press = match text("type") {
        "postback" if text("payload").is_empty() => return Err(Failure::missing("buttons[payload]")),
        "postback" if chars(text("payload")) > 1_000 => return Err(too_long("buttons[payload]", 1_000)),
        "postback" => Press::Payload {
            payload: text("payload").to_owned(),
        },
        "web_url" if url::Url::parse(text("url")).is_err() => {
            return Err(Failure::invalid("Param buttons[url] should represent a valid URL"));
        }
        "web_url" => Press::Url {
            url: text("url").to_owned(),
        },
        "phone_number" => Press::Url {
            url: format!("tel:{}", text("payload")),
        },
        _ => {
            return Err(Failure::invalid(
                "Param buttons[type] must be one of {web_url, postback, phone_number}",
            ));
        }
    };
    Ok(Button {
        title: text("title").to_owned(),
        press,
    })
}
