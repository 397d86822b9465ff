//! What Meta tells: batches of entries, each of a page, an Instagram account or a business account.

use super::{accounts, instagram, pages, whatsapp};
use crate::{Account, Heard, MetaAccount, MetaKind, Unreadable, lenient, signature::hex_of};
use bytes::Bytes;
use model::{
    Provider, Timestamp,
    message::{EventKey, InboundEvent, InboundKind, Peer, Thread, ThreadKind},
};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Payload {
    object: String,
    #[serde(default, deserialize_with = "lenient::each")]
    entry: Vec<Entry>,
}

/// What is in `standby` is for another app that has the conversation, so it is not read.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: Option<String>,
    pub(super) time: Option<i64>,
    #[serde(deserialize_with = "lenient::each")]
    pub(super) messaging: Vec<Value>,
    #[serde(deserialize_with = "lenient::each")]
    pub(super) changes: Vec<Change>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Change {
    pub(super) field: String,
    pub(super) value: Value,
}

/// Reads a body; what is not ours, or means nothing to us, is passed over.
pub(super) fn read(account: &Account, body: &Bytes, now: Timestamp) -> Result<Heard, Unreadable> {
    let payload: Payload = serde_json::from_slice(body).map_err(|_| Unreadable {
        // It would be the same the next time.
        status: 200,
        message: "The body is no event of Meta.".to_owned(),
        body: String::new(),
    })?;
    let mut events = Vec::new();
    for entry in payload.entry {
        let id = entry.id.as_deref().unwrap_or_default();
        let served = |kind| accounts::served(account, kind, id);
        match payload.object.as_str() {
            "page" => {
                if let Some(meta) = served(MetaKind::Facebook) {
                    events.extend(pages::read(&Source::new(account, meta, now), entry.messaging));
                }
            }
            "instagram" => {
                if let Some(meta) = served(MetaKind::Instagram) {
                    let source = Source::new(account, meta, now);
                    events.extend(pages::read(&source, entry.messaging));
                    events.extend(instagram::read_changes(&source, entry.time, entry.changes));
                }
            }
            "whatsapp_business_account" => events.extend(whatsapp::read(account, entry.changes, now)),
            _ => {}
        }
    }
    Ok(Heard {
        events,
        ..Heard::default()
    })
}

/// Through what events come, and when.
pub(super) struct Source<'a> {
    pub(super) account: &'a Account,
    pub(super) meta: &'a MetaAccount,
    pub(super) now: Timestamp,
}

impl<'a> Source<'a> {
    pub(super) const fn new(account: &'a Account, meta: &'a MetaAccount, now: Timestamp) -> Self {
        Self { account, meta, now }
    }

    /// A private conversation.
    pub(super) fn private(&self, external_id: &str) -> Thread {
        self.thread(external_id, ThreadKind::Private)
    }

    pub(super) fn thread(&self, external_id: &str, kind: ThreadKind) -> Thread {
        Thread {
            external_id: external_id.to_owned(),
            kind,
            via: Some(accounts::via(self.meta.kind, &self.meta.id)),
        }
    }

    pub(super) fn event(
        &self,
        key: String,
        at: Option<Timestamp>,
        peer: Peer,
        thread: Thread,
        kind: InboundKind,
    ) -> InboundEvent {
        InboundEvent {
            gateway_id: self.account.gateway,
            provider: Provider::Messenger,
            event_key: EventKey(key),
            occurred_at: at.unwrap_or(self.now),
            received_at: self.now,
            peer,
            thread,
            kind,
        }
    }
}

/// A key for what has no id of its own: the same body is the same event, in whatever order its members come.
pub(super) fn key_of(value: &Value) -> String {
    format!("meta:{}", hex_of(&Sha256::digest(sorted(value).to_string())))
}

/// The value with the members of its objects by name.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(members) => {
            let by_name: BTreeMap<&String, Value> =
                members.iter().map(|(name, member)| (name, sorted(member))).collect();
            by_name
                .into_iter()
                .map(|(name, member)| (name.clone(), member))
                .collect()
        }
        plain => plain.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_same_event_has_the_same_key_in_whatever_order_its_members_come() {
        let one: Value = serde_json::from_str(r#"{"b": [{"d": 1, "c": 2}], "a": "x"}"#).unwrap();
        let other: Value = serde_json::from_str(r#"{"a": "x", "b": [{"c": 2, "d": 1}]}"#).unwrap();
        assert_eq!(key_of(&one), key_of(&other));
        assert_ne!(key_of(&one), key_of(&json!({"a": "x", "b": [{"c": 2, "d": 2}]})));
    }
}
