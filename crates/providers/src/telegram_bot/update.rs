//! Turns what Telegram tells into an event.

use super::{
    CALLBACK,
    parts::parts,
    wire_types::{CallbackQuery, Chat, Member, MemberChange, Message, ReactionChange, Update, User},
};
use crate::{Account, Unreadable};
use model::{
    Timestamp,
    message::{EventKey, Inbound, InboundEvent, InboundKind, Part, Peer, Thread, ThreadKind},
};
use serde_json::value::RawValue;

/// Reads the body of a webhook's request.
///
/// # Errors
///
/// [`Unreadable`], when it is no JSON. Telegram would send the same again, so it is answered like any other.
pub(super) fn read(account: &Account, body: &[u8], now: Timestamp) -> Result<Option<InboundEvent>, Unreadable> {
    let raw: &RawValue = serde_json::from_slice(body).map_err(|_| Unreadable {
        status: 200,
        message: "What Telegram sent is no JSON.".to_owned(),
        body: String::new(),
    })?;
    Ok(event(account, raw, now))
}

/// Reads one update; none if it is about something that we give no meaning to.
pub(super) fn event(account: &Account, raw: &RawValue, now: Timestamp) -> Option<InboundEvent> {
    let update: Update = serde_json::from_str(raw.get()).ok()?;
    let id = &update.update_id.as_ref()?.0;
    let key = EventKey(format!("tgbot:{}:{id}", account.gateway));
    let happened = happened(&update)?;
    Some(InboundEvent {
        gateway_id: account.gateway,
        provider: model::Provider::TelegramBot,
        event_key: key,
        occurred_at: happened.at.unwrap_or(now),
        received_at: now,
        peer: happened.peer,
        thread: happened.thread,
        kind: happened.kind,
    })
}

/// What an update is about.
struct Happened {
    at: Option<Timestamp>,
    peer: Peer,
    thread: Thread,
    kind: InboundKind,
}

fn happened(update: &Update) -> Option<Happened> {
    if let Some(raw) = &update.message {
        return message(raw, InboundKind::Message, |message| message.date);
    }
    if let Some(raw) = &update.edited_message {
        return message(raw, InboundKind::Edit, |message| message.edit_date.or(message.date));
    }
    if let Some(query) = &update.callback_query {
        return Some(pressed(query));
    }
    if let Some(change) = &update.message_reaction {
        return reaction(change);
    }
    update.my_chat_member.as_ref().and_then(member)
}

/// What was put on a message, or else what was taken off.
fn reaction(change: &ReactionChange) -> Option<Happened> {
    let (old, new) = (&change.old_reaction, &change.new_reaction);
    let put = new.iter().find(|mark| !old.contains(mark));
    let taken = old.iter().find(|mark| !new.contains(mark));
    let mark = put.or(taken)?;
    let peer = match (&change.actor_chat, &change.user) {
        (Some(group), _) => group_peer(group),
        (None, Some(user)) => person(user),
        (None, None) => group_peer(&change.chat),
    };
    Some(Happened {
        at: change.date.map(seconds),
        peer: in_chat(peer, &change.chat),
        thread: thread(&change.chat),
        kind: InboundKind::Reaction {
            external_id: change.message_id.0.clone(),
            emoji: mark.emoji.clone(),
            removed: put.is_none(),
        },
    })
}

fn message(
    raw: &RawValue,
    kind: fn(Inbound) -> InboundKind,
    date: impl FnOnce(&Message) -> Option<i64>,
) -> Option<Happened> {
    let message: Message = serde_json::from_str(raw.get()).ok()?;
    let chat = message.chat.as_ref()?;
    let inbound = Inbound {
        external_id: message.message_id.as_ref()?.0.clone(),
        reply_to: message
            .reply_to_message
            .as_ref()
            .map(|answered| answered.message_id.0.clone()),
        group_key: message.media_group_id.as_ref().map(|group| group.0.clone()),
        parts: parts(&message, raw),
        forwarded: message.forward_origin.is_some() || message.forward_date.is_some(),
    };
    let mut peer = sender(&message, chat);
    if let Some(Part::Contact {
        phones, is_self: true, ..
    }) = inbound.parts.first()
    {
        peer.phone = phones.first().cloned();
    }
    Some(Happened {
        at: date(&message).map(seconds),
        peer,
        thread: thread(chat),
        kind: kind(inbound),
    })
}

/// A person; or the group or channel in whose name somebody writes.
fn sender(message: &Message, chat: &Chat) -> Peer {
    match (&message.sender_chat, &message.from) {
        (Some(group), _) => in_chat(group_peer(group), chat),
        (None, Some(user)) => in_chat(person(user), chat),
        (None, None) => in_chat(group_peer(chat), chat),
    }
}

fn pressed(query: &CallbackQuery) -> Happened {
    let message = query.message.as_ref();
    let chat = message.and_then(|message| message.chat.as_ref());
    let mut peer = person(&query.from);
    if let Some(chat) = chat {
        peer = in_chat(peer, chat);
    }
    if let Some(id) = &query.id {
        peer.extra.insert(CALLBACK.to_owned(), id.0.clone());
    }
    let origin = message.and_then(|message| message.message_id.as_ref());
    let kind = match &query.data {
        Some(payload) => InboundKind::Postback {
            payload: payload.clone(),
            title: message.and_then(|message| title_of(message, payload)),
            origin_external_id: origin
                .map(|id| id.0.clone())
                .or_else(|| query.inline_message_id.clone()),
        },
        // A button of a game, which no bot of ours has.
        None => InboundKind::Unknown,
    };
    Happened {
        at: None,
        thread: chat.map_or_else(|| private(&query.from), thread),
        peer,
        kind,
    }
}

fn title_of(message: &Message, payload: &str) -> Option<String> {
    let buttons = message.reply_markup.as_ref()?.inline_keyboard.iter().flatten();
    let mut pressed = buttons.filter(|button| button.callback_data.as_deref() == Some(payload));
    pressed.next()?.text.clone()
}

/// The bot was let in, blocked or put out; none if it only got other rights.
fn member(change: &MemberChange) -> Option<Happened> {
    let new = change.new_chat_member.as_ref()?;
    let is_in = is_in(new)?;
    if change.old_chat_member.as_ref().and_then(self::is_in) == Some(is_in) {
        return None;
    }
    let peer = change.from.as_ref().map_or_else(|| group_peer(&change.chat), person);
    Some(Happened {
        at: change.date.map(seconds),
        peer: in_chat(peer, &change.chat),
        thread: thread(&change.chat),
        kind: if is_in {
            InboundKind::Subscribed
        } else {
            InboundKind::Unsubscribed {
                reason: new.status.clone().unwrap_or_default(),
            }
        },
    })
}

fn is_in(member: &Member) -> Option<bool> {
    match member.status.as_deref()? {
        "creator" | "administrator" | "member" => Some(true),
        "restricted" => Some(member.is_member.unwrap_or(true)),
        "left" | "kicked" => Some(false),
        _ => None,
    }
}

fn person(user: &User) -> Peer {
    let mut peer = Peer {
        external_id: user.id.0.clone(),
        display_name: full_name(user.first_name.as_deref(), user.last_name.as_deref()),
        username: user.username.clone(),
        locale: user.language_code.clone(),
        ..Peer::default()
    };
    for (key, name) in [("first_name", &user.first_name), ("last_name", &user.last_name)] {
        if let Some(name) = name {
            peer.extra.insert(key.to_owned(), name.clone());
        }
    }
    peer
}

fn group_peer(chat: &Chat) -> Peer {
    let name = full_name(chat.first_name.as_deref(), chat.last_name.as_deref());
    Peer {
        external_id: chat.id.0.clone(),
        display_name: chat.title.clone().or(name),
        username: chat.username.clone(),
        ..Peer::default()
    }
}

/// The peer, with the name of the group that it writes in.
fn in_chat(mut peer: Peer, chat: &Chat) -> Peer {
    if let Some(title) = &chat.title {
        peer.extra.insert("chat_title".to_owned(), title.clone());
    }
    peer
}

fn thread(chat: &Chat) -> Thread {
    let kind = match chat.kind.as_deref() {
        Some("private") => ThreadKind::Private,
        Some("group" | "supergroup") => ThreadKind::Group,
        Some(_) => ThreadKind::Unknown,
        // The ids of groups are negative.
        None if chat.id.0.starts_with('-') => ThreadKind::Group,
        None => ThreadKind::Private,
    };
    Thread {
        external_id: chat.id.0.clone(),
        kind,
        via: None,
    }
}

fn private(user: &User) -> Thread {
    Thread {
        external_id: user.id.0.clone(),
        ..Thread::default()
    }
}

/// First and last name as one; none if both are missing.
pub(super) fn full_name(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let names: Vec<&str> = [first, last]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn seconds(date: i64) -> Timestamp {
    Timestamp(date.saturating_mul(1_000))
}
