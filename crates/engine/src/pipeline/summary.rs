//! What an event or a message is and says, in one line for the log.

use model::message::{InboundEvent, InboundKind, Outbound, Part};

/// So many characters are shown.
const LONGEST: usize = 200;

/// What came: one word, and what it says.
pub(super) fn of_event(event: &InboundEvent) -> (&'static str, String) {
    match &event.kind {
        InboundKind::Message(message) => ("message", parts(&message.parts)),
        InboundKind::Edit(message) => ("edit", parts(&message.parts)),
        InboundKind::Delete { external_id } => ("delete", external_id.clone()),
        InboundKind::Postback { payload, title, .. } => ("button", title.clone().unwrap_or_else(|| payload.clone())),
        InboundKind::Reaction { emoji, removed, .. } => {
            let word = if *removed { "taken back " } else { "" };
            ("reaction", format!("{word}{}", emoji.as_deref().unwrap_or_default()))
        }
        InboundKind::Status(status) => ("receipt", format!("{:?}", status.status).to_lowercase()),
        InboundKind::Typing { on } => ("typing", if *on { "begins" } else { "ends" }.to_owned()),
        InboundKind::Subscribed => ("subscribed", String::new()),
        InboundKind::Unsubscribed { reason } => ("left", reason.clone()),
        InboundKind::ConversationStarted { context } => ("opened", context.clone().unwrap_or_default()),
        InboundKind::Referral { reference, .. } => ("referral", reference.clone()),
        _ => ("unknown", String::new()),
    }
}

/// What goes out: one word, and what it says.
pub(super) fn of_message(message: &Outbound) -> (&'static str, String) {
    let kind = message.parts.first().map_or("buttons", kind);
    let mut says = parts(&message.parts);
    let buttons: Vec<&str> = message
        .buttons
        .iter()
        .flatten()
        .map(|button| button.title.as_str())
        .collect();
    if !buttons.is_empty() {
        says = format!("{says} [{}]", buttons.join("] ["));
    }
    (kind, cut(&says))
}

fn kind(part: &Part) -> &'static str {
    match part {
        Part::Text { .. } => "text",
        Part::Image { .. } => "image",
        Part::Video { .. } => "video",
        Part::Audio { .. } => "audio",
        Part::Voice { .. } => "voice",
        Part::Document { .. } => "document",
        Part::Sticker { .. } => "sticker",
        Part::Location { .. } => "location",
        Part::Contact { .. } => "contact",
        Part::Link { .. } => "link",
        _ => "unsupported",
    }
}

fn parts(parts: &[Part]) -> String {
    let says = |part: &Part| match part {
        Part::Text { text } => text.clone(),
        other => {
            let name = other.file().and_then(|file| file.name.clone());
            let words = other.words().or(name).unwrap_or_default();
            let kind = kind(other);
            if words.is_empty() {
                kind.to_owned()
            } else {
                format!("{kind}: {words}")
            }
        }
    };
    let says: Vec<String> = parts.iter().map(says).collect();
    cut(&says.join(" · "))
}

/// One line, cut where it is too long.
pub(super) fn cut(text: &str) -> String {
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_becomes_one_line_that_is_cut() {
        let message = Outbound {
            parts: vec![Part::text(format!("a\n b {}", "ї".repeat(300)))],
            ..Outbound::default()
        };
        let (kind, says) = of_message(&message);
        assert_eq!(kind, "text");
        assert!(says.starts_with("a b ї") && says.ends_with('…'));
        assert_eq!(says.chars().count(), LONGEST + 1);
    }
}
