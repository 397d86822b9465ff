//! What a message of each kind has to carry, and what comes back of it.

mod media;

pub(crate) use media::{described, id_of};

use super::{answer::Failure, entities};
use crate::{args::Args, seen::Seen, text::utf16, world::World};
use serde_json::{Map, Value, json};

/// The longest text, and the longest caption.
const LONGEST: usize = 4_096;
const LONGEST_CAPTION: usize = 1_024;

/// The content of a message.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The fields of the message.
    pub fields: Map<String, Value>,
    /// What the peer sees.
    pub seen: Seen,
}

/// Reads the content of `sendMessage`, `sendPhoto` … without the word `send`, in lower case.
pub(crate) async fn read(world: &World, what: &str, args: &Args) -> Result<Content, Failure> {
    match what {
        "message" => text(args),
        "location" | "venue" => place(what, args),
        "contact" => contact(args),
        "photo" | "document" | "voice" | "audio" | "video" | "animation" | "sticker" | "video_note" | "videonote" => {
            media::read(world, what, args).await
        }
        _ => Err(Failure::new(404, "Not Found: method not found")),
    }
}

fn text(args: &Args) -> Result<Content, Failure> {
    let text = entities::plain(args.text("text"), args.text("parse_mode"))?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::bad("message text is empty"));
    }
    if utf16(text) > LONGEST {
        return Err(Failure::bad("message is too long"));
    }
    let mut content = Content::default();
    content.fields.insert("text".into(), json!(text));
    content.seen = Seen {
        kind: "text",
        text: text.to_owned(),
        ..Seen::default()
    };
    Ok(content)
}

/// The caption of a file.
pub(crate) fn caption(args: &Args) -> Result<String, Failure> {
    let caption = entities::plain(args.text("caption"), args.text("parse_mode"))?;
    let caption = caption.trim();
    if utf16(caption) > LONGEST_CAPTION {
        return Err(Failure::bad("message caption is too long"));
    }
    Ok(caption.to_owned())
}

fn place(what: &str, args: &Args) -> Result<Content, Failure> {
    let degrees = |name: &str, most: f64| {
        let given = args.text(name);
        let number = given.parse::<f64>().ok().filter(|number| number.abs() <= most);
        number.ok_or_else(|| match given {
            "" => Failure::bad(format!("{name} is empty")),
            _ => Failure::bad("wrong location specified"),
        })
    };
    let (latitude, longitude) = (degrees("latitude", 90.0)?, degrees("longitude", 180.0)?);
    let location = json!({ "latitude": latitude, "longitude": longitude });
    let mut content = Content::default();
    if what == "venue" {
        for name in ["title", "address"] {
            if args.text(name).is_empty() {
                return Err(Failure::bad(format!("{name} is empty")));
            }
        }
        let venue = json!({ "location": location, "title": args.text("title"), "address": args.text("address") });
        content.fields.insert("venue".into(), venue);
        content.seen.text = format!("{}\n{}", args.text("title"), args.text("address"));
    }
    content.fields.insert("location".into(), location);
    content.seen.kind = "location";
    content.seen.place = Some((latitude, longitude));
    Ok(content)
}

fn contact(args: &Args) -> Result<Content, Failure> {
    for name in ["phone_number", "first_name"] {
        if args.text(name).is_empty() {
            return Err(Failure::bad(format!("{} is empty", name.replace('_', " "))));
        }
    }
    let mut contact = json!({ "phone_number": args.text("phone_number"), "first_name": args.text("first_name") });
    for name in ["last_name", "vcard"] {
        if let Some(given) = args.given(name) {
            contact[name] = json!(given);
        }
    }
    let text = format!("{} {}", args.text("first_name"), args.text("phone_number"));
    let mut content = Content::default();
    content.fields.insert("contact".into(), contact);
    content.seen = Seen {
        kind: "contact",
        text,
        ..Seen::default()
    };
    Ok(content)
}
