//! What a message of each kind has to carry.

mod interactive;

use super::check::Check;
use crate::seen::{Seen, SeenFile};
use serde_json::Value;

/// The kinds that there are.
pub(crate) const KINDS: [&str; 13] = [
    "text",
    "image",
    "document",
    "audio",
    "video",
    "sticker",
    "location",
    "contact",
    "template",
    "interactive/buttons",
    "interactive/list",
    "interactive/product",
    "interactive/flow",
];

/// Checks a message and gives what the peer sees of it.
pub(crate) fn read(kind: &str, check: &mut Check<'_>) -> Seen {
    match kind {
        "text" => text(check.text("content.text", 1, 4_096)),
        "image" => file("image", check, 3_000),
        "video" => file("video", check, 3_000),
        "audio" => file("audio", check, 0),
        "sticker" => file("sticker", check, 0),
        "document" => {
            let name = check.optional("content.filename", 240);
            let mut seen = file("document", check, 3_000);
            if let Some(file) = seen.file.as_mut().filter(|_| !name.is_empty()) {
                file.name = name;
            }
            seen
        }
        "location" => {
            let place = (
                check.degrees("content.latitude", 90.0),
                check.degrees("content.longitude", 180.0),
            );
            let name = check.optional("content.name", 1_000);
            let address = check.optional("content.address", 1_000);
            Seen {
                kind: "location",
                place: Some(place),
                ..text(format!("{name}\n{address}").trim().to_owned())
            }
        }
        "contact" => contact(check),
        "template" => template(check),
        "interactive/buttons" => interactive::buttons(check),
        "interactive/list" => interactive::list(check),
        // Products and flows belong to shops and forms; here only their words count.
        _ => Seen {
            kind: "template",
            ..text(check.optional("content.body.text", 1_024))
        },
    }
}

fn text(text: String) -> Seen {
    Seen {
        kind: "text",
        text,
        inline: true,
        ..Seen::default()
    }
}

fn file(kind: &'static str, check: &mut Check<'_>, longest_caption: usize) -> Seen {
    let url = check.url("content.mediaUrl");
    let caption = match longest_caption {
        0 => String::new(),
        longest => check.optional("content.caption", longest),
    };
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    Seen {
        kind,
        file: Some(SeenFile {
            url,
            name,
            ..SeenFile::default()
        }),
        ..text(caption)
    }
}

fn contact(check: &mut Check<'_>) -> Seen {
    let count = check.list("content.contacts", 1, 10);
    let mut words = Vec::new();
    for n in 0..count {
        check.text(&format!("content.contacts[{n}].name.firstName"), 1, 1_000);
        let name = check.text(&format!("content.contacts[{n}].name.formattedName"), 1, 1_000);
        let phone = check.optional(&format!("content.contacts[{n}].phones[0].phone"), 64);
        words.push(format!("{name} {phone}"));
    }
    Seen {
        kind: "contact",
        ..text(words.join("\n"))
    }
}

fn template(check: &mut Check<'_>) -> Seen {
    let name = check.text("content.templateName", 1, 512);
    check.text("content.language", 1, 16);
    if !check.at("content.templateData.body.placeholders").is_array() {
        check
            .violations
            .add("content.templateData.body.placeholders", "must not be null");
    }
    let given = check.at("content.templateData.body.placeholders").as_array();
    let placeholders: Vec<&str> = given.into_iter().flatten().filter_map(Value::as_str).collect();
    Seen {
        kind: "template",
        ..text(format!("{name}: {}", placeholders.join(", ")))
    }
}
