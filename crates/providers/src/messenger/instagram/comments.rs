//! Comments under posts, and mentions elsewhere: people write them in public, and are answered there.
//!
//! They come only if the gateway's settings ask for them. A thread is a comment with its replies; of a mention Meta tells
//! neither who it was nor what was said, so its thread is the place where it stands.

use crate::{
    Account, MetaAccount, Plan, Sent, Wire,
    cutting::Measure,
    download::failed,
    lenient,
    messenger::{
        accounts::settings,
        graph::{Graph, Token},
        inbound::{Change, Source},
    },
    shape::{Buttons, file_words, note, texts},
};
use model::{
    Timestamp,
    message::{
        Envelope, ErrorClass, Inbound, InboundEvent, InboundKind, Outbound, Part, Peer, ProviderError, ThreadKind,
    },
};
use serde::Deserialize;
use serde_json::json;

/// The longest comment.
const COMMENT: Measure = Measure::utf16(300);
/// What a mention's thread begins with.
const MENTION: &str = "mention:";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Comment {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    parent_id: Option<String>,
    text: Option<String>,
    from: Author,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Author {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
    username: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    self_ig_scoped_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Mention {
    #[serde(deserialize_with = "lenient::text")]
    media_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    comment_id: Option<String>,
}

/// Reads the comments and mentions that the settings ask for.
pub(in crate::messenger) fn read(source: &Source<'_>, time: Option<i64>, changes: Vec<Change>) -> Vec<InboundEvent> {
    let Some(settings) = settings(source.account) else {
        return Vec::new();
    };
    // Seconds here, milliseconds elsewhere.
    let at = time.map(|time| Timestamp(if time < 100_000_000_000 { time * 1_000 } else { time }));
    let event = |Change { field, value }: Change| match field.as_str() {
        "comments" | "live_comments" if settings.instagram_comments => {
            of_comment(source, at, serde_json::from_value(value).ok()?)
        }
        "mentions" if settings.instagram_mentions => of_mention(source, at, serde_json::from_value(value).ok()?),
        _ => None,
    };
    changes.into_iter().filter_map(event).collect()
}

fn of_comment(source: &Source<'_>, at: Option<Timestamp>, comment: Comment) -> Option<InboundEvent> {
    let id = comment.id?;
    let author = comment.from.id?;
    let username = lenient::filled(comment.from.username.as_deref());
    // What we write ourselves comes back, and must not be answered.
    let ours = source.meta.name.trim_start_matches('@');
    let is_ours = author == source.meta.id
        || comment.from.self_ig_scoped_id.is_some()
        || username.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(ours));
    if is_ours {
        return None;
    }
    let peer = Peer {
        external_id: author,
        username,
        ..Peer::default()
    };
    let thread = source.thread(comment.parent_id.as_deref().unwrap_or(&id), ThreadKind::Comment);
    let message = Inbound {
        external_id: id.clone(),
        reply_to: comment.parent_id,
        parts: vec![Part::text(comment.text.unwrap_or_default())],
        ..Inbound::default()
    };
    Some(source.event(
        format!("meta:comment:{id}"),
        at,
        peer,
        thread,
        InboundKind::Message(message),
    ))
}

fn of_mention(source: &Source<'_>, at: Option<Timestamp>, mention: Mention) -> Option<InboundEvent> {
    let media = mention.media_id?;
    let place = match &mention.comment_id {
        Some(comment) => format!("{MENTION}{media}:{comment}"),
        None => format!("{MENTION}{media}"),
    };
    let peer = Peer {
        external_id: place.clone(),
        ..Peer::default()
    };
    let message = Inbound {
        external_id: mention.comment_id.unwrap_or(media),
        parts: vec![Part::Unsupported {
            provider_type: "mention".to_owned(),
        }],
        ..Inbound::default()
    };
    let thread = source.thread(&place, ThreadKind::Comment);
    Some(source.event(format!("meta:{place}"), at, peer, thread, InboundKind::Message(message)))
}

/// Brings a message into shape for a place where there is only text.
pub(in crate::messenger) fn plan(message: &Outbound) -> Plan {
    let mut notes = Vec::new();
    let mut lines = Vec::new();
    for part in &message.parts {
        match part {
            Part::Text { text } => lines.push(text.trim().to_owned()),
            Part::Link { .. } => lines.extend(part.words()),
            _ => {
                notes.push("Comments on Instagram have words only, so a file was sent by its address.".to_owned());
                let words = if part.file().is_some() {
                    file_words(part)
                } else {
                    part.words().unwrap_or_default()
                };
                lines.push(words);
            }
        }
    }
    let mut buttons = Buttons::of(&message.buttons);
    if buttons != Buttons::default() {
        notes.push("Comments on Instagram have no buttons, so they were sent as a list.".to_owned());
    }
    lines.extend(buttons.take_others());
    lines.extend(buttons.take_urls());
    let (numbered, choices) = buttons.take_numbered();
    lines.extend(numbered);
    lines.retain(|line| !line.is_empty());
    let mut pieces = texts(&lines.join("\n"), COMMENT);
    for words in notes {
        note(&mut pieces, words);
    }
    Plan { pieces, choices }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Written {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
}

/// Answers a comment or a mention where it stands.
pub(in crate::messenger) async fn comment(
    wire: &Wire,
    account: &Account,
    from: &MetaAccount,
    envelope: &Envelope,
) -> Result<Sent, ProviderError> {
    let Some(Part::Text { text }) = envelope.message.parts.first() else {
        return Err(failed(ErrorClass::Invalid, "Comments on Instagram have words only."));
    };
    let place = &envelope.thread.external_id;
    let (path, body) = match place.strip_prefix(MENTION) {
        Some(mention) => {
            let (media, comment) = mention.split_once(':').map_or((mention, None), |(m, c)| (m, Some(c)));
            let mut body = json!({ "media_id": media, "message": text });
            if let Some(comment) = comment {
                body["comment_id"] = json!(comment);
            }
            (format!("{}/mentions", from.id), body)
        }
        None => (format!("{place}/replies"), json!({ "message": text })),
    };
    let graph = Graph::new(wire, account);
    let written: Written = graph.send(&path, &body, &Token::of(account, from)).await?;
    Ok(Sent {
        external_id: written.id,
    })
}
