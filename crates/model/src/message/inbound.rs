//! What a messenger tells us.

use super::{DeliveryStatus, Part};
use crate::{GatewayId, Provider, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Tells one event from another for as long as a messenger may repeat it; unique within its gateway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventKey(pub String);

/// Something that happened in a messenger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InboundEvent {
    /// Through which gateway.
    pub gateway_id: GatewayId,
    /// Of which messenger.
    pub provider: Provider,
    /// By which repetitions are known.
    pub event_key: EventKey,
    /// When it happened, by the messenger's clock.
    pub occurred_at: Timestamp,
    /// When it reached us.
    pub received_at: Timestamp,
    /// Who did it.
    pub peer: Peer,
    /// Where.
    pub thread: Thread,
    /// What.
    pub kind: InboundKind,
}

/// The person at the other end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Peer {
    /// Its id at the messenger.
    pub external_id: String,
    /// What it calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Its unique name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Its phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its picture's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Its language as the messenger tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// What else the messenger tells.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// Where messages go back and forth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Thread {
    /// Its id at the messenger.
    pub external_id: String,
    /// What kind of place it is.
    pub kind: ThreadKind,
    /// The page, number or bot that the peer wrote to, where a gateway has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

/// A kind of [`Thread`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ThreadKind {
    /// Between two.
    #[default]
    Private,
    /// Among several.
    Group,
    /// Under a post.
    Comment,
    /// A kind that this version does not know.
    #[serde(other)]
    Unknown,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InboundKind {
    /// A message came.
    Message(Inbound),
    /// A message was changed to this.
    Edit(Inbound),
    /// A message was taken back.
    Delete {
        /// Which.
        external_id: String,
    },
    /// A button was pressed.
    Postback {
        /// What the button answers.
        payload: String,
        /// What was written on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// The message that carried it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin_external_id: Option<String>,
    },
    /// A message was marked with an emoji.
    Reaction {
        /// Which.
        external_id: String,
        /// With what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<String>,
        /// Whether the mark was taken off.
        #[serde(default)]
        removed: bool,
    },
    /// How a message of ours fares.
    Status(DeliveryStatus),
    /// The peer began or ended to type.
    Typing {
        /// Whether it types now.
        #[serde(default)]
        on: bool,
    },
    /// The peer allows us to write.
    Subscribed,
    /// The peer no longer allows it.
    Unsubscribed {
        /// Why, as the messenger says it.
        #[serde(default)]
        reason: String,
    },
    /// The peer opened the conversation, but said nothing yet.
    ConversationStarted {
        /// What the link that led here carried.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        context: Option<String>,
    },
    /// The peer came by an advertisement or a link.
    Referral {
        /// What the link carried.
        #[serde(default, rename = "ref")]
        reference: String,
        /// Where it stood.
        #[serde(default)]
        source: String,
    },
    /// Something that the provider, or this version, gives no meaning to.
    #[serde(other)]
    Unknown,
}

/// A message of the peer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inbound {
    /// Its id at the messenger.
    pub external_id: String,
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// What the messages of one album have in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_key: Option<String>,
    /// What it consists of.
    pub parts: Vec<Part>,
    /// Whether somebody else wrote it first.
    pub forwarded: bool,
}

impl Inbound {
    /// A message of one piece.
    #[must_use]
    pub fn of(part: Part) -> Self {
        Self {
            parts: vec![part],
            ..Self::default()
        }
    }

    /// What the message says: the words of its pieces, one line each.
    #[must_use]
    pub fn words(&self) -> String {
        let words: Vec<String> = self.parts.iter().filter_map(Part::words).collect();
        words.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: InboundKind) -> InboundEvent {
        InboundEvent {
            gateway_id: GatewayId(7),
            provider: Provider::Viber,
            event_key: EventKey("viber:1:message".into()),
            occurred_at: Timestamp(1),
            received_at: Timestamp(2),
            peer: Peer {
                external_id: "501".into(),
                ..Peer::default()
            },
            thread: Thread {
                external_id: "501".into(),
                ..Thread::default()
            },
            kind,
        }
    }

    #[test]
    fn an_event_is_read_back_as_it_was_written() {
        let kinds = [
            InboundKind::Message(Inbound::of(Part::text("hi"))),
            InboundKind::Delete {
                external_id: "9".into(),
            },
            InboundKind::Postback {
                payload: "a".into(),
                title: None,
                origin_external_id: None,
            },
            InboundKind::Subscribed,
            InboundKind::Referral {
                reference: "ad".into(),
                source: "page".into(),
            },
        ];
        for kind in kinds {
            let written = serde_json::to_string(&event(kind.clone())).unwrap();
            assert_eq!(serde_json::from_str::<InboundEvent>(&written).unwrap(), event(kind));
        }
    }

    #[test]
    fn an_event_of_a_later_version_is_unknown_and_no_error() {
        let kind: InboundKind = serde_json::from_str(r#"{"kind":"poll","votes":[1]}"#).unwrap();
        assert_eq!(kind, InboundKind::Unknown);
        let thread: Thread = serde_json::from_str(r#"{"external_id":"1","kind":"metaverse"}"#).unwrap();
        assert_eq!(thread.kind, ThreadKind::Unknown);
    }

    #[test]
    fn a_message_says_the_words_of_its_pieces() {
        let message = Inbound {
            parts: vec![Part::text("a"), Part::Unknown, Part::text("b")],
            ..Inbound::default()
        };
        assert_eq!(message.words(), "a\nb");
    }
}
