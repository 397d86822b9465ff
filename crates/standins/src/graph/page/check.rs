//! What a message has to be like.

use super::template;
use crate::{
    graph::{answer::Failure, assets::Object, call::Call},
    seen::{Button, Press, Seen, SeenFile},
    text::chars,
};
use serde_json::Value;

/// A message that is taken.
pub(super) struct Checked {
    pub seen: Seen,
    /// It has quick replies, which go away with the next message.
    pub quick: bool,
}

/// The longest of each.
const TEXT: usize = 2_000;
const TEXT_ON_INSTAGRAM: usize = 1_000;
const QUICK_REPLIES: usize = 13;

pub(super) fn too_long(param: &str, most: usize) -> Failure {
    Failure::invalid(&format!("Length of param {param} must be less than or equal to {most}"))
}

pub(super) fn message(call: &Call, given: &Value, object: Object) -> Result<Checked, Failure> {
    if !given.is_object() {
        return Err(Failure::missing("message"));
    }
    let (text, attachment) = (given["text"].as_str(), &given["attachment"]);
    if given["metadata"]
        .as_str()
        .is_some_and(|metadata| chars(metadata) > 1_000)
    {
        return Err(too_long("message[metadata]", 1_000));
    }
    let mut seen = match (text, attachment.is_null()) {
        (Some(_), false) => return Err(Failure::invalid("Cannot specify both text and attachment")),
        (None | Some(""), true) => return Err(Failure::invalid("Must provide text, attachment or template")),
        (Some(text), true) => words(text, object)?,
        (None, false) => attached(call, attachment)?,
    };
    let quick = quick_replies(&given["quick_replies"])?;
    let has_quick = !quick.is_empty();
    if has_quick {
        seen.buttons = vec![quick];
        seen.inline = false;
    }
    seen.reply_to = given["reply_to"]["mid"].as_str().map(str::to_owned);
    Ok(Checked { seen, quick: has_quick })
}

fn words(text: &str, object: Object) -> Result<Seen, Failure> {
    let most = if object == Object::Instagram {
        TEXT_ON_INSTAGRAM
    } else {
        TEXT
    };
    if chars(text) > most {
        return Err(too_long("message[text]", most));
    }
    Ok(Seen {
        kind: "text",
        text: text.to_owned(),
        inline: true,
        ..Seen::default()
    })
}

fn attached(call: &Call, attachment: &Value) -> Result<Seen, Failure> {
    let payload = &attachment["payload"];
    let kind = match attachment["type"].as_str() {
        Some("template") => return template::read(payload),
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        Some("file") => "document",
        _ => {
            let text = "Param message[attachment][type] must be one of {audio, file, image, template, video}";
            return Err(Failure::invalid(text));
        }
    };
    let url = payload["url"].as_str().unwrap_or_default();
    let uploaded = call.args.file("filedata");
    if url.is_empty() && payload["attachment_id"].is_null() && uploaded.is_none() {
        return Err(Failure::missing("message[attachment][payload][url]"));
    }
    if !url.is_empty() && !url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(Failure::invalid(
            "Param message[attachment][payload][url] should represent a valid URL",
        ));
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = uploaded.map_or_else(
        || path.rsplit('/').next().unwrap_or_default(),
        |file| file.name.as_str(),
    );
    Ok(Seen {
        kind,
        inline: true,
        file: Some(SeenFile {
            url: url.to_owned(),
            name: name.to_owned(),
            ..SeenFile::default()
        }),
        ..Seen::default()
    })
}

fn quick_replies(given: &Value) -> Result<Vec<Button>, Failure> {
    let Some(given) = given.as_array() else {
        return Ok(Vec::new());
    };
    if given.len() > QUICK_REPLIES {
        return Err(Failure::invalid("Param message[quick_replies] has too many elements"));
    }
    given.iter().map(quick_reply).collect()
}

fn quick_reply(given: &Value) -> Result<Button, Failure> {
    let text = |field: &str| given[field].as_str().unwrap_or_default();
    match text("content_type") {
        "text" => {
            if text("title").is_empty() {
                return Err(Failure::missing("message[quick_replies][title]"));
            }
            if chars(text("title")) > 20 {
                return Err(too_long("message[quick_replies][title]", 20));
            }
            if text("payload").is_empty() {
                return Err(Failure::missing("message[quick_replies][payload]"));
            }
            if chars(text("payload")) > 1_000 {
                return Err(too_long("message[quick_replies][payload]", 1_000));
            }
            Ok(Button {
                title: text("title").to_owned(),
                press: Press::QuickReply {
                    payload: text("payload").to_owned(),
                },
            })
        }
        "user_phone_number" => Ok(Button {
            title: "Send phone number".to_owned(),
            press: Press::Phone,
        }),
        "user_email" => Ok(Button {
            title: "Send email".to_owned(),
            press: Press::QuickReply {
                payload: "olha@example.org".to_owned(),
            },
        }),
        _ => Err(Failure::invalid(
            "Param message[quick_replies][content_type] must be one of {text, user_phone_number, user_email}",
        )),
    }
}
