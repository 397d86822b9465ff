//! A message of a person.

use super::{
    fields::{Card, Media, Message},
    file_ref,
    inbound::{Contact, place},
};
use crate::{
    lenient::filled,
    messenger::inbound::{Source, key_of},
    signature::hex_of,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use model::{
    Timestamp,
    message::{FileRef, Inbound, InboundEvent, InboundKind, Part},
};

impl Message {
    /// Reads a message; of one with a field of the wrong kind only the outside is kept, and it is unsupported.
    pub(super) fn read(value: serde_json::Value) -> Self {
        let fallback = key_of(&value);
        let word = |field: &str| value.get(field).and_then(|word| word.as_str()).map(str::to_owned);
        let outside = Self {
            id: word("id"),
            from: word("from"),
            from_user_id: word("from_user_id"),
            timestamp: word("timestamp"),
            kind: word("type").unwrap_or_else(|| "unknown".to_owned()),
            ..Self::default()
        };
        let message = serde_json::from_value(value).unwrap_or(outside);
        Self { fallback, ..message }
    }

    /// What the message means; nothing if nobody is known to have sent it.
    pub(super) fn events(mut self, source: &Source<'_>, contacts: &[Contact]) -> Vec<InboundEvent> {
        let Some(peer) = Contact::peer(contacts, self.from.as_deref(), self.from_user_id.as_deref()) else {
            return Vec::new();
        };
        let at = self.timestamp.as_deref().and_then(seconds);
        let key = self.id.as_deref().map_or_else(|| self.fallback.clone(), super::key_of);
        let thread = source.private(place(&peer));
        let mut events = Vec::new();
        if let Some(referral) = self.referral.take() {
            let kind = InboundKind::Referral {
                reference: referral.id.or(referral.url).unwrap_or_default(),
                source: referral.kind.unwrap_or_default(),
            };
            events.push(source.event(format!("{key}:referral"), at, peer.clone(), thread.clone(), kind));
        }
        let kind = self.into_kind(&source.meta.id);
        events.push(source.event(key, at, peer, thread, kind));
        events
    }

    fn into_kind(mut self, number: &str) -> InboundKind {
        let context = self.context.take().unwrap_or_default();
        let origin_external_id = context.id.clone();
        let chosen = self
            .interactive
            .as_mut()
            .and_then(|one| one.button_reply.take().or(one.list_reply.take()));
        match (self.kind.as_str(), chosen, self.button.take(), self.reaction.take()) {
            ("interactive", Some(choice), ..) => InboundKind::Postback {
                payload: choice.id,
                title: choice.title,
                origin_external_id,
            },
            ("button", _, Some(button), _) => InboundKind::Postback {
                payload: button.payload.or_else(|| button.text.clone()).unwrap_or_default(),
                title: button.text,
                origin_external_id,
            },
            ("reaction", _, _, Some(reaction)) => {
                let emoji = filled(reaction.emoji.as_deref());
                InboundKind::Reaction {
                    external_id: reaction.message_id,
                    removed: emoji.is_none(),
                    emoji,
                }
            }
            ("request_welcome", ..) => InboundKind::ConversationStarted { context: None },
            // The number or the identity of the person has changed; nobody said anything.
            ("system", ..) => InboundKind::Unknown,
            _ => InboundKind::Message(Inbound {
                external_id: self.id.clone().unwrap_or_default(),
                reply_to: context.id,
                forwarded: context.forwarded || context.frequently_forwarded,
                parts: self.parts(number),
                group_key: None,
            }),
        }
    }

    fn parts(self, number: &str) -> Vec<Part> {
        let sender = self.from;
        let part = match self.kind.as_str() {
            "text" => self.text.map(|text| Part::text(text.body)),
            "image" => self
                .image
                .and_then(|media| media.part(number, |file, caption| Part::Image { file, caption })),
            "video" => self
                .video
                .and_then(|media| media.part(number, |file, caption| Part::Video { file, caption })),
            "document" => self
                .document
                .and_then(|media| media.part(number, |file, caption| Part::Document { file, caption })),
            "audio" => self.audio.and_then(|media| {
                let is_voice = media.voice;
                media.part(number, |file, caption| {
                    if is_voice {
                        Part::Voice { file, duration: None }
                    } else {
                        Part::Audio { file, caption }
                    }
                })
            }),
            "sticker" => self.sticker.and_then(|media| {
                media.part(number, |file, _| Part::Sticker {
                    file: Some(file),
                    emoji: None,
                })
            }),
            "location" => self.location.map(|place| Part::Location {
                lat: place.latitude,
                lon: place.longitude,
                title: filled(place.name.as_deref()),
                address: filled(place.address.as_deref()),
                live: false,
            }),
            "contacts" if !self.contacts.is_empty() => {
                return self
                    .contacts
                    .into_iter()
                    .map(|card| card.into_part(sender.as_deref()))
                    .collect();
            }
            _ => None,
        };
        let provider_type = match self.interactive {
            Some(interactive) if !interactive.kind.is_empty() => interactive.kind,
            _ => self.kind,
        };
        vec![part.unwrap_or(Part::Unsupported { provider_type })]
    }
}

impl Media {
    fn part(self, number: &str, make: impl FnOnce(FileRef, Option<String>) -> Part) -> Option<Part> {
        let sha256 = self.sha256.and_then(|hash| BASE64_STANDARD.decode(hash).ok());
        let file = FileRef {
            provider_ref: file_ref(number, &self.id?),
            mime: self.mime_type,
            name: filled(self.filename.as_deref()),
            sha256: sha256.map(|hash| hex_of(&hash)),
            ..FileRef::default()
        };
        Some(make(file, filled(self.caption.as_deref())))
    }
}

impl Card {
    fn into_part(self, sender: Option<&str>) -> Part {
        let is_self = sender.is_some() && self.phones.iter().any(|phone| phone.wa_id.as_deref() == sender);
        let name = filled(self.name.formatted_name.as_deref()).or_else(|| filled(self.name.first_name.as_deref()));
        Part::Contact {
            name: name.unwrap_or_default(),
            phones: self
                .phones
                .into_iter()
                .filter_map(|phone| phone.phone.or(phone.wa_id))
                .collect(),
            vcard: self.vcard,
            is_self,
        }
    }
}

/// Meta writes moments as seconds, in a text.
pub(super) fn seconds(text: &str) -> Option<Timestamp> {
    let seconds: i64 = text.parse().ok()?;
    Some(Timestamp(seconds.checked_mul(1_000)?))
}
