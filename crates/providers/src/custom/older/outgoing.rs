//! What the customer's system is told in the older way.

use super::super::{endpoint, outgoing};
use crate::{Account, Choice, Piece, Plan, Sent, Wire};
use model::message::{Button, ButtonAction, Envelope, ErrorClass, FileRef, Outbound, Part, ProviderError, Thread};
use serde::Serialize;

/// One of the two, as the older contract names them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Event<'a> {
    Message(Message<'a>),
    Close(Close<'a>),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    id: &'a str,
    chat_id: &'a str,
    date: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<File<'a>>,
}

#[derive(Debug, Serialize)]
struct File<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Close<'a> {
    chat_id: &'a str,
}

/// One text or file for each piece; buttons become lines under the words.
pub(in super::super) fn plan(message: &Outbound) -> Plan {
    let mut pieces: Vec<Piece> = message.parts.iter().flat_map(part).collect();
    let (lines, choices) = lines(&message.buttons);
    if !lines.is_empty() {
        let note = "The older contract has no buttons; they were sent as lines of text.".to_owned();
        add_lines(&mut pieces, &lines.join("\n"), note);
    }
    for piece in &mut pieces {
        piece.message.kind.clone_from(&message.kind);
    }
    Plan { pieces, choices }
}

fn part(part: &Part) -> Vec<Piece> {
    if let Some(file) = part.file().filter(|file| outgoing::address(file).is_some()) {
        let (file, caption) = (file.clone(), None);
        // A message is a text or a file, so what stands under a picture follows it.
        let words = part.words().map(|words| said(words, Vec::new()));
        return std::iter::once(piece(Part::Document { file, caption }, Vec::new()))
            .chain(words)
            .collect();
    }
    let words = part.words().filter(|_| part.file().is_none());
    vec![match (part, words) {
        (Part::Text { .. }, Some(words)) => said(words, Vec::new()),
        (_, Some(words)) => {
            let note = "The older contract knows only texts and files; the rest was said in words.";
            said(words, vec![note.to_owned()])
        }
        (_, None) => {
            let (words, note) = outgoing::in_words(part);
            said(words, vec![note])
        }
    }]
}

fn said(words: String, notes: Vec<String>) -> Piece {
    piece(Part::text(words), notes)
}

fn piece(part: Part, notes: Vec<String>) -> Piece {
    let message = Outbound {
        parts: vec![part],
        ..Outbound::default()
    };
    Piece { message, notes }
}

/// A line for each button, and what an answer of its number means.
fn lines(buttons: &[Vec<Button>]) -> (Vec<String>, Vec<Choice>) {
    let (mut lines, mut choices) = (Vec::new(), Vec::new());
    for Button { title, action } in buttons.iter().flatten() {
        match action {
            ButtonAction::Reply { payload } => {
                let number = choices.len() + 1;
                lines.push(format!("{number}. {title}"));
                choices.push(Choice {
                    number,
                    title: title.clone(),
                    payload: payload.clone(),
                });
            }
            ButtonAction::Url { url } => lines.push(format!("{title}: {url}")),
            // What they would share has to be typed.
            _ => lines.push(title.clone()),
        }
    }
    (lines, choices)
}

/// Puts lines under the last words, or behind the last file.
fn add_lines(pieces: &mut Vec<Piece>, lines: &str, note: String) {
    match pieces.last_mut() {
        Some(Piece { message, notes }) if matches!(message.parts.as_slice(), [Part::Text { .. }]) => {
            let words = message.parts.first().and_then(Part::words).unwrap_or_default();
            message.parts = vec![Part::text(format!("{words}\n{lines}").trim_start())];
            notes.push(note);
        }
        _ => pieces.push(said(lines.to_owned(), vec![note])),
    }
}

/// Sends a piece of a plan.
pub(in super::super) async fn send(wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
    let part = envelope.message.parts.first();
    let file = part.and_then(Part::file).and_then(of_file);
    let text = part.and_then(Part::words).filter(|_| file.is_none());
    let id = endpoint::id(&envelope.idempotency_key);
    let event = Event::Message(Message {
        id: &id,
        chat_id: &envelope.thread.external_id,
        date: wire.now().0.div_euclid(1_000),
        text: text.as_deref(),
        file,
    });
    endpoint::post(wire, account, &id, &event)
        .await
        .map(|_| Sent { external_id: None })
        .map_err(lost)
}

fn of_file(file: &FileRef) -> Option<File<'_>> {
    Some(File {
        url: outgoing::address(file)?,
        mime: file.mime.as_deref(),
        size: file.size,
        name: file.name.as_deref(),
    })
}

/// Tells that we have ended a conversation.
pub(in super::super) async fn close(wire: &Wire, account: &Account, thread: &Thread) -> Result<(), ProviderError> {
    let chat_id = &thread.external_id;
    endpoint::post(wire, account, "", &Event::Close(Close { chat_id }))
        .await
        .map(|_| ())
        .map_err(lost)
}

/// The provider promises that a message may be repeated, and a system of today knows it again by its id; an older one may
/// not, so an answer that was lost must not lead to a second attempt.
fn lost(error: ProviderError) -> ProviderError {
    match error.class {
        ErrorClass::Ambiguous => ProviderError {
            class: ErrorClass::Unknown,
            ..error
        },
        _ => error,
    }
}
