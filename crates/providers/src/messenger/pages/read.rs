//! What an event of a conversation means.

use super::{
    attachment,
    event::{Event, Message, Party, Postback, Receipt, Referral},
};
use crate::messenger::inbound::{Source, key_of};
use model::{
    Timestamp,
    message::{DeliveryState, DeliveryStatus, Inbound, InboundEvent, InboundKind, Part, Peer},
};
use serde::Deserialize;
use serde_json::Value;

/// Reads the events of one page or Instagram account. What it wrote itself is left out.
pub(in crate::messenger) fn read(source: &Source<'_>, events: Vec<Value>) -> Vec<InboundEvent> {
    let mut found = Vec::new();
    for value in events {
        let key = key_of(&value);
        // Of an event with a field of the wrong kind only its sender is kept.
        let sender = value.get("sender").and_then(|sender| Party::deserialize(sender).ok());
        let event = serde_json::from_value(value).unwrap_or_else(|_| Event {
            sender: sender.unwrap_or_default(),
            ..Event::default()
        });
        let Some(sender) = event.sender.id.clone().filter(|id| *id != source.meta.id) else {
            continue;
        };
        let mut reader = Reader {
            source,
            sender,
            at: event.timestamp.map(Timestamp),
            fallback: key,
            found: &mut found,
        };
        reader.event(event);
    }
    found
}

/// One event on its way to what it means.
struct Reader<'a> {
    source: &'a Source<'a>,
    sender: String,
    at: Option<Timestamp>,
    /// The key of an event without an id.
    fallback: String,
    found: &'a mut Vec<InboundEvent>,
}

impl Reader<'_> {
    fn add(&mut self, key: String, kind: InboundKind) {
        let peer = Peer {
            external_id: self.sender.clone(),
            ..Peer::default()
        };
        let thread = self.source.private(&self.sender);
        self.found.push(self.source.event(key, self.at, peer, thread, kind));
    }

    fn event(&mut self, event: Event) {
        if let Some(message) = event.message {
            self.message(message);
        } else if let Some(postback) = event.postback {
            self.postback(postback);
        } else if let Some(edit) = event.message_edit {
            let key = self.key(edit.mid.as_deref());
            let key = format!("{key}:edit:{}", edit.count.unwrap_or_default());
            let message = Inbound {
                external_id: edit.mid.unwrap_or_default(),
                ..Inbound::of(Part::text(edit.text))
            };
            self.add(key, InboundKind::Edit(message));
        } else if let Some(delivery) = event.delivery {
            self.receipt(delivery, DeliveryState::Delivered, "delivered");
        } else if let Some(read) = event.read {
            self.receipt(read, DeliveryState::Read, "read");
        } else if let Some(reaction) = event.reaction {
            let id = reaction.mid.unwrap_or_default();
            let at = self.at.unwrap_or_default().0;
            let key = format!("meta:{id}:{}:{}:{at}", self.sender, reaction.action);
            let kind = InboundKind::Reaction {
                external_id: id,
                emoji: reaction.emoji,
                removed: reaction.action == "unreact",
            };
            self.add(key, kind);
        } else if let Some(referral) = event.referral {
            let key = self.fallback.clone();
            self.referral(key, referral);
        } else if event.optin.is_some() {
            self.add(self.fallback.clone(), InboundKind::Subscribed);
        } else {
            self.add(self.fallback.clone(), InboundKind::Unknown);
        }
    }

    fn key(&self, mid: Option<&str>) -> String {
        mid.map_or_else(|| self.fallback.clone(), |mid| format!("meta:{mid}"))
    }

    fn message(&mut self, message: Message) {
        if message.is_echo {
            return;
        }
        let key = self.key(message.mid.as_deref());
        let id = message.mid.unwrap_or_default();
        if message.is_deleted {
            self.add(format!("{key}:deleted"), InboundKind::Delete { external_id: id });
            return;
        }
        if let Some(referral) = message.referral {
            self.referral(format!("{key}:referral"), referral);
        }
        let reply_to = message.reply_to.and_then(|reply_to| reply_to.mid);
        let text = message.text.filter(|text| !text.is_empty());
        if let Some(quick_reply) = message.quick_reply {
            let shared = shared(&quick_reply.payload, text.as_deref());
            let kind = shared.map_or_else(
                || InboundKind::Postback {
                    payload: quick_reply.payload,
                    title: text,
                    origin_external_id: reply_to,
                },
                |part| {
                    InboundKind::Message(Inbound {
                        external_id: id,
                        ..Inbound::of(part)
                    })
                },
            );
            self.add(key, kind);
            return;
        }
        let mut parts: Vec<_> = text.iter().map(Part::text).collect();
        parts.extend(attachment::parts(message.attachments, text.is_some()));
        if parts.is_empty() {
            let provider_type = if message.is_unsupported { "unsupported" } else { "empty" };
            parts.push(Part::Unsupported {
                provider_type: provider_type.to_owned(),
            });
        }
        let message = Inbound {
            external_id: id,
            reply_to,
            parts,
            ..Inbound::default()
        };
        self.add(key, InboundKind::Message(message));
    }

    fn postback(&mut self, postback: Postback) {
        let key = self.key(postback.mid.as_deref());
        if let Some(referral) = postback.referral {
            self.referral(format!("{key}:referral"), referral);
        }
        let kind = InboundKind::Postback {
            payload: postback.payload.or_else(|| postback.title.clone()).unwrap_or_default(),
            title: postback.title,
            origin_external_id: None,
        };
        self.add(key, kind);
    }

    fn referral(&mut self, key: String, referral: Referral) {
        let kind = InboundKind::Referral {
            reference: referral.reference.or(referral.ad_id).unwrap_or_default(),
            source: referral.source.unwrap_or_default(),
        };
        self.add(key, kind);
    }

    fn receipt(&mut self, receipt: Receipt, status: DeliveryState, word: &str) {
        let state = |external_id: String, at: Timestamp| {
            InboundKind::Status(DeliveryStatus {
                external_id,
                status,
                at,
                error: None,
            })
        };
        let at = receipt.watermark.map(Timestamp).or(self.at).unwrap_or(self.source.now);
        let mids: Vec<_> = receipt
            .mids
            .into_iter()
            .chain(receipt.mid)
            .filter(|mid| !mid.is_empty())
            .collect();
        if mids.is_empty() {
            let key = format!("meta:{}:{}:{word}:{}", self.source.meta.id, self.sender, at.0);
            self.add(key, state(String::new(), at));
        }
        for mid in mids {
            self.add(format!("meta:{mid}:{word}"), state(mid, at));
        }
    }
}

/// A phone or an address that the peer shared with a button: it comes as what the button answers, and as its title.
fn shared(payload: &str, text: Option<&str>) -> Option<Part> {
    if text.is_some_and(|text| text != payload) {
        return None;
    }
    let digits = payload.strip_prefix('+')?;
    let is_phone = digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_phone.then(|| Part::Contact {
        name: String::new(),
        phones: vec![payload.to_owned()],
        vcard: None,
        is_self: true,
    })
}
