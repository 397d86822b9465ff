//! Messages with buttons, and with lists.

use super::text;
use crate::{
    infobip::check::Check,
    seen::{Button, Press, Seen, SeenFile},
};
use std::collections::BTreeSet;

pub(super) fn buttons(check: &mut Check<'_>) -> Seen {
    let mut seen = words(check);
    let count = check.list("content.action.buttons", 1, 3);
    let mut ids = BTreeSet::new();
    let mut row = Vec::new();
    for n in 0..count {
        let path = |field: &str| format!("content.action.buttons[{n}].{field}");
        if check.at(&path("type")) != "REPLY" {
            check.violations.add(&path("type"), "must be REPLY");
        }
        let id = check.text(&path("id"), 1, 256);
        let title = check.text(&path("title"), 1, 20);
        if title.chars().any(is_emoji) {
            check.violations.add(&path("title"), "must not contain emojis");
        }
        if !ids.insert(id.clone()) {
            check.violations.add(&path("id"), "must be unique");
        }
        row.push(Button {
            title,
            press: Press::Payload { payload: id },
        });
    }
    seen.buttons = vec![row];
    seen
}

pub(super) fn list(check: &mut Check<'_>) -> Seen {
    let mut seen = words(check);
    check.text("content.action.title", 1, 20);
    let sections = check.list("content.action.sections", 1, 10);
    let mut total = 0;
    for section in 0..sections {
        let path = format!("content.action.sections[{section}]");
        if sections > 1 {
            check.text(&format!("{path}.title"), 1, 24);
        } else {
            check.optional(&format!("{path}.title"), 24);
        }
        let rows = check.list(&format!("{path}.rows"), 1, 10);
        total += rows;
        for n in 0..rows {
            let payload = check.text(&format!("{path}.rows[{n}].id"), 1, 200);
            let title = check.text(&format!("{path}.rows[{n}].title"), 1, 24);
            check.optional(&format!("{path}.rows[{n}].description"), 72);
            seen.buttons.push(vec![Button {
                title,
                press: Press::Row { payload },
            }]);
        }
    }
    if total > 10 {
        check
            .violations
            .add("content.action.sections", "must have at most 10 rows in all");
    }
    seen
}

/// Header, body and footer.
fn words(check: &mut Check<'_>) -> Seen {
    let body = check.text("content.body.text", 1, 1_024);
    let footer = check.optional("content.footer.text", 60);
    let header = match check.at("content.header.type").as_str() {
        Some("TEXT") => check.text("content.header.text", 1, 60),
        _ => String::new(),
    };
    let file = match check.at("content.header.type").as_str() {
        Some("IMAGE" | "VIDEO" | "DOCUMENT") => Some(SeenFile {
            url: check.url("content.header.mediaUrl"),
            ..SeenFile::default()
        }),
        Some("TEXT") | None => None,
        Some(_) => {
            check.violations.add("content.header.type", "is unknown");
            None
        }
    };
    let words: Vec<&str> = [&header, &body, &footer]
        .into_iter()
        .map(String::as_str)
        .filter(|w| !w.is_empty())
        .collect();
    Seen {
        file,
        ..text(words.join("\n"))
    }
}

fn is_emoji(letter: char) -> bool {
    matches!(u32::from(letter), 0x2600..=0x27BF | 0x1F000..=0x1FAFF | 0xFE0F)
}
