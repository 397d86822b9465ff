//! What the customer's system is told.

mod parts;

pub(super) use parts::{address, carried, in_words};

use crate::Account;
use model::{
    Timestamp,
    message::{Button, ChatAction, Envelope, Layout, Thread},
};
use serde::Serialize;

/// An event as it is posted. The order of its members is the order in which they are written.
#[derive(Debug, Serialize)]
pub(super) struct Event<D> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: String,
    data: D,
}

impl<D> Event<D> {
    fn new(kind: &'static str, now: Timestamp, data: D) -> Self {
        Self {
            kind,
            timestamp: now.rfc3339(),
            data,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Created<'a> {
    message_id: &'a str,
    chat_id: &'a str,
    parts: Vec<parts::Piece<'a>>,
    #[serde(skip_serializing_if = "is_empty")]
    buttons: &'a [Vec<Button>],
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<Layout>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    silent: bool,
    no_input: bool,
}

fn is_empty(buttons: &[Vec<Button>]) -> bool {
    buttons.is_empty()
}

/// A message of ours.
pub(super) fn message<'a>(id: &'a str, envelope: &'a Envelope, now: Timestamp) -> Event<Created<'a>> {
    let message = &envelope.message;
    let says_where = !message.buttons.is_empty() || message.layout == Layout::Remove;
    let data = Created {
        message_id: id,
        chat_id: &envelope.thread.external_id,
        parts: message.parts.iter().filter_map(parts::piece).collect(),
        buttons: &message.buttons,
        layout: says_where.then_some(message.layout),
        reply_to: message.reply_to.as_deref(),
        kind: message.kind.as_deref(),
        silent: message.silent,
        no_input: message.no_input,
    };
    Event::new("message.created", now, data)
}

#[derive(Debug, Serialize)]
pub(super) struct Typing<'a> {
    chat_id: &'a str,
    on: bool,
}

/// That we type, or do no longer.
pub(super) fn typing(thread: &Thread, action: ChatAction, now: Timestamp) -> Event<Typing<'_>> {
    let on = match action {
        ChatAction::Typing => true,
        ChatAction::Cancel => false,
    };
    let chat_id = &thread.external_id;
    Event::new("typing", now, Typing { chat_id, on })
}

#[derive(Debug, Serialize)]
pub(super) struct Closed<'a> {
    chat_id: &'a str,
    reason: &'a str,
}

/// That we have ended a conversation.
pub(super) fn closed<'a>(thread: &'a Thread, reason: &'a str, now: Timestamp) -> Event<Closed<'a>> {
    let chat_id = &thread.external_id;
    Event::new("chat.closed", now, Closed { chat_id, reason })
}

#[derive(Debug, Serialize)]
pub(super) struct Gateway<'a> {
    name: &'a str,
    callback_url: &'a str,
}

/// What is about the gateway itself.
pub(super) fn gateway<'a>(kind: &'static str, account: &'a Account, now: Timestamp) -> Event<Gateway<'a>> {
    let data = Gateway {
        name: &account.name,
        callback_url: &account.callback_url,
    };
    Event::new(kind, now, data)
}
